import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { isKnown } from '../../read/caching'

/** The compiler copies no images, so it is read from the folder of the package. */
const IMAGE = join(__dirname, '..', '..', '..', 'assets', 'og.png')

/** `GET /og.png`: the picture that is shown where a page is shared. It holds no figure, so it does not age. */
export function openGraphImageRoute(app: FastifyInstance): void {
  const image = readFileSync(IMAGE)
  const etag = `"${createHash('sha256').update(image).digest('base64url').slice(0, 27)}"`
  app.get('/og.png', async (request, response) => {
    response.headers({ etag, 'cache-control': 'public, max-age=86400' })
    if (isKnown(etag, request.headers['if-none-match'])) return response.code(304).send()
    return response.type('image/png').send(image)
  })
}
