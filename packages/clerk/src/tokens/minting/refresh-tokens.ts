// Refresh tokens: an application's server shows one, with the session token that has run out, to get a fresh session
// token without sending the browser through the handshake. A token carries its own proof, so nothing is stored; a
// session that is over makes it worthless.

import { createHmac, createPublicKey, timingSafeEqual } from 'node:crypto'

import { compactVerify, errors } from 'jose'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { isJsonObject } from '../json.ts'
import { sessionTokenClass } from '../sign-jwt.ts'

/** Seconds, as long as a session may last. */
const lifetime = 604_800

/** A refresh token for a session; goes into a cookie that scripts cannot read. */
export function mintRefreshToken(instance: Instance, sessionId: string): string {
  const expiresAt = Math.floor(instance.store.now() / 1000) + lifetime
  return `${expiresAt}.${proofOf(instance, sessionId, expiresAt)}`
}

/** Refuses a refresh token that this instance has not made for the session, or whose time is over. */
export function requireRefreshToken(instance: Instance, sessionId: string, token: string): void {
  const [expiry = '', proof = ''] = token.split('.')
  const expected = Buffer.from(proofOf(instance, sessionId, Number(expiry)))
  const shown = Buffer.from(proof)
  const genuine = shown.length === expected.length && timingSafeEqual(shown, expected)
  if (!genuine || Number(expiry) * 1000 <= instance.store.now()) throw refused('refresh token')
}

/** Refuses what is no session token of the session, signed by this instance. That it has run out is the point. */
export async function requireSpentSessionToken(instance: Instance, sessionId: string, token: string): Promise<void> {
  const { keys } = await instance.snapshot()
  try {
    const { payload, protectedHeader } = await compactVerify(
      token,
      ({ kid }) => {
        const key = keys.find((candidate) => candidate.kid === kid)
        if (key === undefined) throw new errors.JWKSNoMatchingKey()
        return createPublicKey(key.privateKey)
      },
      { algorithms: ['RS256'] },
    )
    const claims: unknown = JSON.parse(Buffer.from(payload).toString())
    const own = isJsonObject(claims) && claims['sid'] === sessionId
    if (!own || protectedHeader['cat'] !== sessionTokenClass) throw refused('session token')
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused('session token', error)
    throw error
  }
}

function proofOf(instance: Instance, sessionId: string, expiresAt: number): string {
  const claim = `refresh ${instance.id} ${sessionId} ${expiresAt}`
  return createHmac('sha256', instance.configured.secretKey).update(claim).digest('base64url')
}

function refused(what: string, cause?: unknown): ClerkRefusal {
  return new ClerkRefusal('session_refresh_refused', { what }, { cause })
}
