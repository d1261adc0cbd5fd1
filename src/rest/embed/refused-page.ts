import { type Reply, withHeaders } from '../reply'
import { markup } from './markup'
import { type WidgetPage, widgetPage } from './widget-page'

/** The members of a problem that a reader is told. */
interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
}

/**
 * A problem as a page for the frame of a widget: there are no figures, and it says why. Status, waiting time and
 * caching stay those of the problem.
 */
export function refusedPage(problem: Reply, page: Omit<WidgetPage, 'content' | 'isLive'>): Reply {
  const { status, code, detail } = JSON.parse(problem.body) as Problem
  // A block that is not indexed yet will be.
  const isPassing = status >= 500 || status === 429 || code === 'E5006'
  const content = markup`<h1>${page.widget.title}</h1>
<div class="note" role="alert"><p><strong>${isPassing ? 'Not available now' : 'Nothing to show'}</strong></p>
<p>${detail}</p></div>
<footer><span>${code}</span> <span>${isPassing ? 'Figures come back by themselves.' : 'The address of this widget has to be corrected.'}</span></footer>`
  const { body, headers } = widgetPage({ ...page, content, isLive: isPassing })
  const { 'content-type': type = '' } = headers
  return withHeaders({ ...problem, body }, { 'content-type': type, vary: 'accept' })
}
