import { redactor, secretsOfUrl } from '../../config/redact'

/** Strikes out what may be a key in these URLs, after what `further` strikes out: providers repeat them in errors. */
export function urlRedactor(
  urls: readonly string[],
  further: (text: string) => string = (text) => text,
): (text: string) => string {
  const redact = redactor(urls.flatMap(secretsOfUrl))
  return (text) => redact(further(text))
}
