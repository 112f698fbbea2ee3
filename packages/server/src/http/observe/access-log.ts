// One line a request, as facts with fields. The query is left out, because it carries keys and signed URLs, and a
// token appears as a short digest of it, only where a caller was turned away.

import { hash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Exchange } from './exchange.ts'

const DIGEST_LENGTH = 12
const TURNED_AWAY = new Set([401, 403])

/** Writes the line of a finished request at level `info`; `status` 499 is a caller who left before the end. */
export function logAccess(logger: Logger, exchange: Exchange, status: number, milliseconds: number): void {
  if (!logger.isLevelEnabled('info')) return
  const { request, identity, target, door, id } = exchange
  logger.info(
    {
      requestId: id,
      method: request.method,
      path: target.path,
      door,
      status,
      ms: Math.round(milliseconds * 10) / 10,
      role: identity?.role,
      issuer: identity?.issuer ?? undefined,
      token: TURNED_AWAY.has(status) ? credentialDigest(request.headers.authorization) : undefined,
    },
    'request',
  )
}

/** Enough of a SHA-256 to tell credentials apart, and too little to be of use; undefined for none. */
export function credentialDigest(credential: string | undefined): string | undefined {
  if (credential === undefined) return undefined
  const text = credential.replace(/^bearer\s+/i, '')
  return text === '' ? undefined : hash('sha256', text, 'hex').slice(0, DIGEST_LENGTH)
}
