// One line a request, as facts with fields. The query is left out, because it carries keys and signed URLs, and a
// token appears as a short digest of it, only where a caller was turned away or where it stands in the path.

import type { Logger } from 'pino'
import type { Exchange } from './exchange.ts'
import { digestOf, logPath } from './log-path.ts'

const TURNED_AWAY = new Set([401, 403])

/** Writes the line of a finished request at level `info`; `status` 499 is a caller who left before the end. */
export function logAccess(logger: Logger, exchange: Exchange, status: number, milliseconds: number): void {
  if (!logger.isLevelEnabled('info')) return
  const { request, identity, target, door, id } = exchange
  logger.info(
    {
      requestId: id,
      method: request.method,
      path: logPath(target.path),
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

/** A digest of the credential behind its scheme; undefined for none. */
export function credentialDigest(credential: string | undefined): string | undefined {
  if (credential === undefined) return undefined
  const text = credential.replace(/^bearer\s+/i, '')
  return text === '' ? undefined : digestOf(text)
}
