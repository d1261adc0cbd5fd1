import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020'

export type JsonSchema = Readonly<Record<string, unknown>>

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: { readonly type: string; readonly enum?: readonly string[]; readonly pattern?: string }
}

export interface DocumentedResponse {
  readonly description: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly Parameter[]
  readonly responses: Readonly<Record<string, DocumentedResponse>>
}

export interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

/** What of an answer the document speaks about. */
export interface Answered {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/**
 * Compares answers with what the document says of them.
 * @returns what is wrong with an answer; empty where it is as documented
 */
export function documentedAnswers(
  document: OpenApi,
): (path: string, answer: Answered, hasBody?: boolean) => string[] {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false })
  // References are resolved within the schema that they stand in, so each carries what they name.
  ajv.addKeyword('components')
  const validators = new Map<JsonSchema, ValidateFunction>()
  const validatorOf = (schema: JsonSchema): ValidateFunction => {
    const known = validators.get(schema)
    if (known !== undefined) return known
    const made = ajv.compile({ ...schema, components: document.components })
    validators.set(schema, made)
    return made
  }
  return (path, { statusCode, headers, body }, hasBody = true) => {
    const response = document.paths[path]?.get.responses[statusCode]
    if (response === undefined) return [`${statusCode} is not documented`]
    const missing =
      statusCode === 503 && !/^\d+$/.test(String(headers['retry-after'])) ? ['Retry-After is missing'] : []
    if (response.content === undefined) return body === '' ? missing : [...missing, 'it should have no body']
    const [type = ''] = String(headers['content-type']).split(';')
    const schema = response.content[type]?.schema
    if (schema === undefined) return [...missing, `${type} is not documented for ${statusCode}`]
    if (!hasBody) return missing
    const validate = validatorOf(schema)
    const isValid = validate(/[/+]json$/.test(type) ? JSON.parse(body) : body)
    return isValid
      ? missing
      : [...missing, `${statusCode}: ${ajv.errorsText(validate.errors)}: ${body.slice(0, 500)}`]
  }
}
