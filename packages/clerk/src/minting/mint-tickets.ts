// Tickets that are not session tokens: the sign-in token's, and the testing token of Clerk's test helpers.

import { createHmac, randomBytes, sign } from 'node:crypto'

import type { Instance } from '../state/instance.ts'
import type { SignInToken } from '../state/sign-in-tokens.ts'

/** The ticket of a sign-in token: an RS256 JWT that names the token, its kind and its instance. */
export async function mintSignInTicket(instance: Instance, token: SignInToken): Promise<string> {
  const { keys } = await instance.snapshot()
  const [key] = keys
  const header = { alg: 'RS256', kid: key.kid, typ: 'JWT' }
  const payload = { exp: Math.floor(token.expiresAt / 1000), iid: instance.id, sid: token.id, st: 'sign_in_token' }
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`
}

const testingTokenLifetimeSeconds = 3600

/**
 * A testing token: lets a test through bot protection for an hour. Carries its own proof (an HMAC under
 * the instance's secret key), so nothing is stored. `expiresAt` is in Unix seconds, as Clerk has it.
 */
export function mintTestingToken(instance: Instance): { readonly token: string; readonly expiresAt: number } {
  const issuedAt = Math.floor(instance.store.now() / 1000)
  const claim = `${issuedAt}-${randomBytes(12).toString('hex')}`
  const proof = createHmac('sha256', instance.configured.secretKey).update(claim).digest('base64url')
  return { token: `${claim}-${proof}`, expiresAt: issuedAt + testingTokenLifetimeSeconds }
}
