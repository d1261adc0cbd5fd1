import fc from 'fast-check'
import {
  execute,
  GraphQLEnumType,
  type GraphQLFieldConfigMap,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { expect, test } from 'vitest'
import { createApiSchema } from '../../src/graphql/api-schema'
import { planOf } from '../../src/graphql/execution-plan'
import { createExecution } from '../../src/graphql/planned-execution'
import { WrittenData } from '../../src/graphql/written-data'
import { HeadStale } from '../../src/read/errors'

const STALE = new HeadStale({ block: 1, lagSeconds: 2, maxLagSeconds: 1 })
const later = <T>(value: T): Promise<T> => new Promise((resolve) => setImmediate(resolve, value))
const refusing = (error: unknown) => () => {
  throw error
}

/** What a field can hold or do, by its name: good and bad, at once and later. */
const VALUES: Readonly<Record<string, unknown>> = {
  present: 7,
  absent: null,
  wrong: 'no number',
  promised: Promise.resolve(7),
  failed: new Error('an error as a value'),
  called: () => 7,
  refused: refusing(STALE),
}
const RESOLVERS = {
  resolved: (source: { readonly present: number }) => source.present + 1,
  awaited: () => later(7),
  thrown: refusing(new TypeError('broken')),
  rejected: async () => later(undefined).then(refusing(STALE)),
}
const Colour = new GraphQLEnumType({ name: 'Colour', values: { red: { value: 7 } } })
const LEAVES = [...Object.keys(VALUES), ...Object.keys(RESOLVERS)]
const OBJECTS = ['one', 'none', 'soon', 'many', 'mixed', 'noList', 'late']

const source = (): object => ({
  ...VALUES,
  get thrownByProperty() {
    throw new Error('a property throws')
  },
})
const OBJECT_VALUES: Readonly<Record<string, () => unknown>> = {
  one: source,
  none: () => null,
  soon: () => later(source()),
  many: () => [source(), source()],
  mixed: () => [source(), null, later(source()), new Error('an error in a list')],
  noList: () => 7,
  late: async () => later(undefined).then(refusing(new Error('late'))),
}
const isList = (name: string): boolean => name === 'many' || name === 'mixed' || name === 'noList'

function fieldsOf(type: () => GraphQLObjectType): GraphQLFieldConfigMap<unknown, unknown> {
  const fields: GraphQLFieldConfigMap<unknown, unknown> = {
    coloured: { type: Colour, resolve: () => 7 },
    miscoloured: { type: Colour, resolve: () => 8 },
    thrownByProperty: { type: GraphQLString },
    told: {
      type: GraphQLString,
      args: { times: { type: new GraphQLNonNull(GraphQLInt) } },
      resolve: (_source, { times }, _context, { path, fieldNodes, variableValues }) =>
        JSON.stringify([times, path, fieldNodes.length, variableValues]),
    },
  }
  const add = (name: string, plain: GraphQLOutputType, resolve: object): void => {
    fields[name] = { type: plain, ...resolve }
    fields[`${name}Needed`] = { type: new GraphQLNonNull(plain), ...resolve }
  }
  for (const name of LEAVES) {
    const resolve = RESOLVERS[name as keyof typeof RESOLVERS] ?? ((from: never) => from[name])
    add(name, GraphQLInt, { resolve })
  }
  for (const name of Object.keys(VALUES)) fields[name] = { type: GraphQLInt }
  for (const name of OBJECTS) {
    const resolve = { resolve: OBJECT_VALUES[name] ?? refusing(new RangeError(name)) }
    add(name, isList(name) ? new GraphQLList(type()) : type(), resolve)
    if (isList(name))
      fields[`${name}Whole`] = { type: new GraphQLList(new GraphQLNonNull(type())), ...resolve }
  }
  return fields
}

const Thing: GraphQLObjectType = new GraphQLObjectType({ name: 'Thing', fields: () => fieldsOf(() => Thing) })
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: () => fieldsOf(() => Thing) }),
})
const planned = createExecution(schema)

async function answers(text: string, variableValues: Record<string, unknown> = {}) {
  const document = parse(text)
  const rules = specifiedRules.filter(({ name }) => name !== 'OverlappingFieldsCanBeMergedRule')
  expect(validate(schema, document, rules)).toEqual([])
  const asked = { document, operationName: undefined, variableValues, contextValue: {} }
  const [own, theirs] = [await planned(asked), await execute({ schema, ...asked })]
  // Only what has no plan is no text yet.
  if (own.data instanceof WrittenData) expect(own.data.text).toBe(JSON.stringify(theirs.data))
  const causes = (result: typeof own) => result.errors?.map(({ originalError }) => originalError)
  return { own, theirs, causes: [causes(own), causes(theirs)] }
}

const leaf = fc.constantFrom(
  '__typename',
  'a: present',
  'b: absentNeeded',
  'coloured',
  'miscoloured',
  'thrownByProperty',
  'told(times: $times)',
  'two: told(times: 2)',
  ...LEAVES,
  ...LEAVES.map((name) => `${name}Needed`),
)
const selection = fc.letrec<{ fields: string[]; field: string }>((tie) => ({
  fields: fc.array(tie('field'), { minLength: 1, maxLength: 4 }),
  field: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(
        fc.constantFrom(...OBJECTS, ...OBJECTS.map((name) => `${name}Needed`), 'manyWhole', 'x: one'),
        tie('fields'),
      )
      .map(([name, fields]) => `${name} { ${fields.join(' ')} }`),
    tie('fields').map((fields) => `... { ${fields.join(' ')} }`),
  ),
})).fields

test('whatever is asked, and whatever fails, the answer is that of graphql-js', async () => {
  await fc.assert(
    fc.asyncProperty(selection, async (fields) => {
      const text = `query ($times: Int = 1) { told(times: $times) ${fields.join(' ')} }`
      const { own, theirs, causes } = await answers(text)
      expect(JSON.stringify(own)).toBe(JSON.stringify(theirs))
      expect(causes[0]).toEqual(causes[1])
    }),
    { numRuns: 400 },
  )
})

test.each([
  [
    'fragments',
    'query ($times: Int!) { ...a one { ...b ... on Thing { present } } } fragment a on Query { told(times: $times) many { ...b } } fragment b on Thing { present one { told(times: 3) } }',
    { times: 3 },
  ],
  ['a variable that is missing', 'query ($times: Int!) { told(times: $times) }', {}],
  ['a variable of another type', 'query ($times: Int!) { told(times: $times) }', { times: 'x' }],
  [
    'a null where there has to be a value',
    'query ($times: Int = 1) { told(times: $times) }',
    { times: null },
  ],
  [
    'directives',
    'query ($times: Int = 1, $if: Boolean!) { told(times: $times) present @include(if: $if) }',
    { if: false },
  ],
  ['the schema', 'query ($times: Int = 1) { told(times: $times) __schema { queryType { name } } }', {}],
  [
    'the same field twice',
    'query ($times: Int = 1) { told(times: $times) one { present } one { resolved } }',
    {},
  ],
  [
    'a name that is a place of its own',
    'query ($times: Int = 1) { told(times: $times) __proto__: present }',
    {},
  ],
])('%s', async (_, text, variables) => {
  const { own, theirs, causes } = await answers(text, variables)
  expect(JSON.stringify(own)).toBe(JSON.stringify(theirs))
  expect(causes[0]).toEqual(causes[1])
})

const api = createApiSchema()

test.each([
  ['{ transfers { id fromAccount { balance } } treasury { asOf { block } unknown { figure } } }', true],
  ['{ transfersConnection { edges { cursor node { id } } pageInfo { hasNextPage } __typename } }', true],
  ['{ __type(name: "Query") { name } }', false],
  ['query ($if: Boolean!) { transfers { id @skip(if: $if) } }', false],
  ['subscription { heads { block } }', false],
])('%s has a plan: %s', (text, isPlanned) => {
  expect(planOf(api, parse(text), undefined) !== undefined).toBe(isPlanned)
})
