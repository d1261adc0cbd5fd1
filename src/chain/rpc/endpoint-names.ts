import type { EndpointName } from './rpc'

/** The shown URLs, with a number behind those that are shown alike: two keys of one provider are two endpoints. */
export function endpointNames(endpoints: readonly { readonly shownUrl: string }[]): EndpointName[] {
  const seen = new Map<string, number>()
  return endpoints.map(({ shownUrl }) => {
    const times = (seen.get(shownUrl) ?? 0) + 1
    seen.set(shownUrl, times)
    return times === 1 ? shownUrl : `${shownUrl} #${times}`
  })
}
