import { z } from 'zod'
import { validated } from '../caching'
import { OembedFormatUnserved, UrlNotEmbeddable } from '../errors'
import { json, type Reply } from '../reply'
import { jsonAnswer, pageRoute } from '../route'
import { markup } from './markup'
import { publicBase } from './public-place'
import { NARROW, type Size } from './widget'
import { findWidget } from './widgets'

const REPEATED = {
  error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : 'is given more than once'),
}

const most = (what: string) =>
  z
    .string(REPEATED)
    .regex(/^[1-9]\d{0,5}$/, { error: 'is not a whole number from 1 to 999999' })
    .transform(Number)
    .optional()
    .describe(`Most ${what} of the frame, in CSS pixels.`)

/** Query parameters of oEmbed 1.0, and `dnt`, which WordPress sends to everyone. */
const oembedQuery = z
  .strictObject({
    url: z.string(REPEATED).describe('Address of a widget, or of the index page.'),
    maxwidth: most('width'),
    maxheight: most('height'),
    format: z.string(REPEATED).optional().describe('json, which is also what comes where it is left out.'),
    dnt: z
      .string(REPEATED)
      .optional()
      .describe('Asks not to track whoever reads the frame; nobody is tracked in any case.'),
  })
  .transform(({ url, maxwidth, maxheight, format = 'json' }) => ({ url, maxwidth, maxheight, format }))

type OembedQuery = z.output<typeof oembedQuery>

/** Seconds for which a consumer may keep the answer: it holds no figure. */
const CACHE_AGE = 86_400

/**
 * How to frame a widget, by its address.
 * @param base address of the service, without a slash at the end
 * @throws OembedFormatUnserved (E5081), UrlNotEmbeddable (E5080)
 */
function getOembed(base: string, { url, format, ...most }: OembedQuery): Reply {
  if (format !== 'json') throw new OembedFormatUnserved({ format })
  const found = findWidget(base, url)
  if (found === undefined) throw new UrlNotEmbeddable({ url, base })
  const { widget, source } = found
  const { width, height } = fitting(widget.size, widget.narrowHeight, most)
  const { title } = widget
  // Scripts alone: in an origin of its own the frame can neither read nor store anything of whoever frames it.
  const frame = markup`<iframe src="${source}" width="${width}" height="${height}" title="${title}" sandbox="allow-scripts" loading="lazy" style="border:0;max-width:100%"></iframe>`
  return json({
    type: 'rich',
    version: '1.0',
    title,
    provider_name: '$ASHAO economy',
    provider_url: `${base}/`,
    cache_age: CACHE_AGE,
    width,
    height,
    html: frame.html,
  })
}

function fitting(
  best: Size,
  narrowHeight: number,
  {
    maxwidth = best.width,
    maxheight = Number.POSITIVE_INFINITY,
  }: Pick<OembedQuery, 'maxwidth' | 'maxheight'>,
): Size {
  const width = Math.min(best.width, maxwidth)
  return { width, height: Math.min(width < NARROW ? narrowHeight : best.height, maxheight) }
}

const answer = z.strictObject({
  type: z.literal('rich'),
  version: z.literal('1.0'),
  title: z.string(),
  provider_name: z.string(),
  provider_url: z.string(),
  cache_age: z.int().describe('Seconds.'),
  width: z.int().describe('CSS pixels.'),
  height: z.int().describe('CSS pixels.'),
  html: z.string().describe('An iframe.'),
})

/** `GET /oembed`: how to frame a widget, by its address. */
export const OEMBED_ROUTE = pageRoute({
  path: '/oembed',
  operation: 'getOembed',
  tag: 'service',
  summary: 'How to frame a widget (oEmbed 1.0)',
  example: '/oembed?url=http%3A%2F%2Flocalhost%2Fembed%2Ftreasury',
  query: oembedQuery,
  refusals: [400, 404, 429, 501],
  isConditional: true,
  page: ({ embed }, query, request) =>
    validated(getOembed(publicBase(embed.publicUrl, request), query), 3600, request.ifNoneMatch),
  answers: [jsonAnswer(answer, 'The frame.')],
})
