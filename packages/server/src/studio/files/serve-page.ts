// Studio's page: files by their names, and for every other address the document, whose scripts read the address.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

import { signInHeaders } from '../guard/headers.ts'
import { notBuiltPage } from '../pages/not-built-page.ts'
import { pageFolder } from './page-folder.ts'

/** Named by a hash of what is in them. */
const HASHED = /^\/assets\//
const PUBLIC = /^\/[\w-]+\.(svg|png|ico|webmanifest|txt)$/

/** `GET /*`. Whoever asks has a session, and an answer has the page's headers before it comes here. */
export async function mountPage(app: FastifyInstance, findFolder = pageFolder): Promise<void> {
  await app.register(fastifyStatic, { root: import.meta.dirname, serve: false })
  app.get('/*', async (request, reply) => {
    const folder = findFolder()
    if (folder === null) return sendNotBuilt(reply)
    const path = request.url.replace(/[?#].*/s, '')
    if (HASHED.test(path)) {
      return reply.sendFile(path.slice(1), folder, { maxAge: '1y', immutable: true })
    }
    const isFile = PUBLIC.test(path) && existsSync(join(folder, path))
    return reply
      .header('cache-control', 'no-cache')
      .sendFile(isFile ? path.slice(1) : 'index.html', folder, { cacheControl: false })
  })
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.code(503).headers(signInHeaders).type('text/html; charset=utf-8').send(notBuiltPage)
}
