import type { LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import type { EmbedApp } from '../support/embed-app'

/** What a browser sends for a frame, as far as it matters. */
export const READER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

export function ask(
  embed: EmbedApp,
  url: string,
  headers: Readonly<Record<string, string>> = READER,
): Promise<LightMyRequestResponse> {
  return embed.app.inject({ url, headers })
}

/** The page of a widget that can be shown. */
export async function page(embed: EmbedApp, url: string): Promise<string> {
  const reply = await ask(embed, url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.body
}

/** Exact amounts by what they are called in the list. */
export function listed(body: string): Record<string, string> {
  const rows = body.matchAll(/<dt>(?:<(?:svg|i).*?<\/(?:svg|i)>)?([^<]+)<\/dt><dd><data value="([^"]+)"/g)
  return Object.fromEntries([...rows].map(([, name = '', value = '']) => [name, value]))
}

/** The exact amount that a widget is about. */
export function leading(body: string): string | undefined {
  return /<p class="lead"><data value="([^"]+)"/.exec(body)?.[1]
}

/** All that is read, without what is not. */
export function textOf(body: string): string {
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(body) ?? []
  return main.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}
