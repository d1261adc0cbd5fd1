import type { Problem } from './problems'

/** What an operator decides about embedding. */
export interface EmbedSetting {
  /** Where readers reach the service, without a slash at the end; undefined means wherever a request says that it went. */
  readonly publicUrl: string | undefined
  /** Who may frame widgets: sources of CSP's `frame-ancestors`, such as `*` or `https://example.org`. */
  readonly framedBy: string
}

/** One source of `frame-ancestors`. Nothing else may get into the header: a semicolon would begin another directive. */
const SOURCE = /^(\*|'self'|https?:\/\/[\w.*-]+(:(\d{1,5}|\*))?)$/

export function embedOf(
  publicUrl: string | undefined,
  framedBy: string | undefined,
  problems: Problem[],
): EmbedSetting {
  const ancestors = framedBy ?? '*'
  if (ancestors !== "'none'" && !ancestors.split(' ').every((source) => SOURCE.test(source))) {
    problems.push({
      key: 'EMBED_FRAME_ANCESTORS',
      problem: `"${ancestors}" is no list of sites`,
      mend: "give *, 'self', 'none' or origins such as https://example.org, separated by single blanks",
    })
  }
  return Object.freeze({ publicUrl: publicUrlOf(publicUrl, problems), framedBy: ancestors })
}

function publicUrlOf(text: string | undefined, problems: Problem[]): string | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url && ['http:', 'https:'].includes(url.protocol) && !/[?#@]/.test(text)
  if (isPlain) return text.replace(/\/+$/, '')
  problems.push({
    key: 'PUBLIC_URL',
    problem: `"${text}" is not the address of a site`,
    mend: 'give it as https://example.org, with a path if there is one, without credentials, query or fragment',
  })
  return undefined
}
