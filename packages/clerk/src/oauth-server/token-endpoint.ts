// The token endpoint: codes and refresh tokens against access tokens (RFC 6749 §4.1.3 and §6, RFC 7636 §4.6).

import { createHash, timingSafeEqual } from 'node:crypto'

import type { Instance } from '../state/instance/instance.ts'
import type { OAuthApplication } from '../state/oauth/oauth-applications.ts'
import { forgetOAuthCode, isOAuthCodeKept, type OAuthCode, useOAuthCode } from '../state/oauth/oauth-codes.ts'
import {
  findOAuthToken,
  insertOAuthToken,
  isLive,
  revokeOAuthGrant,
  revokeOAuthToken,
  type TokenKind,
} from '../state/oauth/oauth-tokens.ts'
import type { Store } from '../state/database/store.ts'
import { requireUser } from '../state/people/users.ts'
import { signJwt } from '../tokens/sign-jwt.ts'
import { claimsAbout } from './claims.ts'
import { OAuthError } from './oauth-error.ts'
import { scopesOf } from './scopes.ts'

/** Seconds; a day, as Clerk's access tokens have. */
const accessLifetime = 86_400

/** What tokens are made for. */
type Grant = Pick<OAuthCode, 'grantId' | 'applicationId' | 'userId' | 'scopes' | 'authTime'>

/** Answers a request for tokens of an application that has proven itself. */
export async function exchange(
  instance: Instance,
  application: OAuthApplication,
  form: URLSearchParams,
): Promise<object> {
  const kind = form.get('grant_type')
  if (kind === 'authorization_code') {
    const code = await requireCode(instance.store, application, form)
    const tokens = await tokensFor(instance, application, code, code.nonce)
    // It may have come again while these were made, and whoever took them back did not find them yet.
    if (await isOAuthCodeKept(instance.store, form.get('code') ?? '')) return tokens
    await revokeOAuthGrant(instance.store, code.grantId)
    throw badGrant('code')
  }
  if (kind === 'refresh_token') {
    return await tokensFor(instance, application, await requireRefreshGrant(instance.store, application, form), null)
  }
  throw new OAuthError('unsupported_grant_type', 'Use authorization_code or refresh_token.')
}

/** The code, used up. A code that comes twice was stolen from somebody, so what was given for it is taken back. */
async function requireCode(store: Store, application: OAuthApplication, form: URLSearchParams): Promise<OAuthCode> {
  const used = await useOAuthCode(store, form.get('code') ?? '')
  if (used === null || used.code.applicationId !== application.id) throw badGrant('code')
  const { code, fresh } = used
  if (!fresh) {
    await forgetOAuthCode(store, form.get('code') ?? '')
    await revokeOAuthGrant(store, code.grantId)
  }
  const verified = code.codeChallenge === null || verifies(form.get('code_verifier') ?? '', code.codeChallenge)
  const sameAddress = isAddressOf(code, application, form.get('redirect_uri'))
  if (!fresh || code.expiresAt <= store.now() || !verified || !sameAddress) throw badGrant('code')
  return code
}

/** An address that the request named has to be shown again (RFC 6749 §4.1.3); else one is not missed. */
function isAddressOf({ redirectUri }: OAuthCode, { redirectUris }: OAuthApplication, shown: string | null): boolean {
  if (redirectUri !== null) return shown === redirectUri
  return shown === null || redirectUris.includes(shown)
}

/** The grant of a refresh token, which works once: another takes its place. One that comes twice ends the grant. */
async function requireRefreshGrant(store: Store, application: OAuthApplication, form: URLSearchParams): Promise<Grant> {
  const token = await findOAuthToken(store, form.get('refresh_token') ?? '')
  if (token === null || token.kind !== 'refresh' || token.applicationId !== application.id)
    throw badGrant('refresh_token')
  const asked = scopesOf(form.get('scope') ?? token.scopes)
  const given = new Set(scopesOf(token.scopes))
  if (!asked.every((scope) => given.has(scope))) throw new OAuthError('invalid_scope', 'More than was granted.')
  const live = isLive(token, store.now()) && (await revokeOAuthToken(store, token.id))
  if (!live) {
    await revokeOAuthGrant(store, token.grantId)
    throw badGrant('refresh_token')
  }
  return { ...token, scopes: asked.join(' ') }
}

async function tokensFor(
  instance: Instance,
  application: OAuthApplication,
  grant: Grant,
  nonce: string | null,
): Promise<object> {
  const { store } = instance
  const user = await requireUser(store, grant.userId)
  if (user.banned) throw badGrant('user')
  const scopes = scopesOf(grant.scopes)
  const make = (kind: TokenKind, expiresAt: number | null) => insertOAuthToken(store, { ...grant, kind, expiresAt })
  return {
    access_token: await make('access', store.now() + accessLifetime * 1000),
    token_type: 'Bearer',
    expires_in: accessLifetime,
    scope: grant.scopes,
    ...(scopes.includes('offline_access') ? { refresh_token: await make('refresh', null) } : {}),
    ...(scopes.includes('openid') ? { id_token: await idToken() } : {}),
  }

  /** Of the class of template tokens, so that nobody who is shown it takes it for a session token. */
  async function idToken(): Promise<string> {
    const [key] = (await instance.snapshot()).keys
    const iat = Math.floor(store.now() / 1000)
    const claims = {
      ...claimsAbout(instance, user, grant.scopes),
      iss: instance.issuer,
      aud: application.clientId,
      iat,
      exp: iat + accessLifetime,
      auth_time: Math.floor(grant.authTime / 1000),
      ...(nonce === null ? {} : { nonce }),
    }
    return await signJwt(claims, 'template', { algorithm: 'RS256', kid: key.kid, key: key.privateKey })
  }
}

function verifies(verifier: string, challenge: string): boolean {
  const expected = Buffer.from(challenge)
  const shown = Buffer.from(createHash('sha256').update(verifier).digest('base64url'))
  return shown.length === expected.length && timingSafeEqual(shown, expected)
}

function badGrant(what: string): OAuthError {
  return new OAuthError('invalid_grant', `The ${what} is not valid, or not any more.`)
}
