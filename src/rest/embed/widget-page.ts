import { createHash } from 'node:crypto'
import type { Reply } from '../reply'
import { type Markup, markup } from './markup'
import type { PublicPlace } from './public-place'
import type { Theme, Widget } from './widget'
import { WIDGET_SCRIPT } from './widget-script'
import { WIDGET_STYLE } from './widget-style'

/** What a page of a widget is made of. */
export interface WidgetPage {
  readonly widget: Pick<Widget<never>, 'title' | 'description'>
  readonly place: PublicPlace
  readonly theme: Theme
  readonly content: Markup
  /** Whether it can change, so that it looks for something newer. */
  readonly isLive: boolean
}

const style: Markup = { html: WIDGET_STYLE }
const script: Markup = { html: WIDGET_SCRIPT }

/** A whole page that needs nothing else: style and script are in it. */
export function widgetPage({ widget, place, theme, content, isLive }: WidgetPage): Reply {
  const { title, description } = widget
  const page = markup`<!doctype html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
${shareTags({ title, description, place })}
<style>${style}</style>
</head>
<body>
<p id="lost" role="status"></p>
<main${isLive ? LIVE : ''}>
${content}
</main>
<script>${script}</script>
</body>
</html>
`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page.html }
}

const LIVE = markup` data-live`

/** What a widget may load and do, and who may frame it. @param framedBy sources of CSP's `frame-ancestors` */
export function widgetPolicy(framedBy: string): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(WIDGET_STYLE)}`,
    `script-src ${hashOf(WIDGET_SCRIPT)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy}`,
  ].join('; ')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** How a page presents itself where its address is shared: Open Graph, and where oEmbed finds its frame. */
export function shareTags({
  title,
  description,
  place,
}: {
  readonly title: string
  readonly description: string
  readonly place: PublicPlace
}): Markup {
  const { base, url } = place
  const oembed = `${base}/oembed?url=${encodeURIComponent(url)}&format=json`
  return markup`<meta name="description" content="${description}">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${base}/og.png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="The $ASHAO economy, checked on the chain">
<meta name="twitter:card" content="summary_large_image">
<link rel="alternate" type="application/json+oembed" href="${oembed}" title="${title}">`
}
