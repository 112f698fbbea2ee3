// One line a request: method, path and outcome. Queries are left out, because people are searched for by their
// addresses there, and credentials that stand in a path are shown as digests.

import { createHash } from 'node:crypto'

import type { FastifyInstance } from 'fastify'

const longestPath = 200
const digestLength = 12
/** Tokens, keys and tickets, where a word of the path begins. */
const secrets = /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))(?:eyJ[\w-]{8,}(?:\.[\w-]*)*|s[bk]_[a-z]+_[\w-]+)/g

/** Logs each answer at level `info`; Fastify's own lines carry whole addresses and must be off. */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.info({ method: request.method, path: logPath(request.url), status: reply.statusCode, ms }, 'request')
  })
}

/** The path of an address, at most 200 characters. */
export function logPath(url: string): string {
  const [path = ''] = url.split('?')
  const plain = path.replaceAll(secrets, digestOf)
  return plain.length > longestPath ? `${plain.slice(0, longestPath - 1)}…` : plain
}

function digestOf(credential: string): string {
  return createHash('sha256').update(credential).digest('hex').slice(0, digestLength)
}
