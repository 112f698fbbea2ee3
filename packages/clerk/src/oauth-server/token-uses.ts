// What is done with tokens that were handed out: showing one for a person's claims, asking about it, taking it back.

import type { Instance } from '../state/instance/instance.ts'
import type { OAuthApplication } from '../state/oauth/oauth-applications.ts'
import { findOAuthToken, isLive, type OAuthToken, revokeOAuthGrant } from '../state/oauth/oauth-tokens.ts'
import { requireUser } from '../state/people/users.ts'
import { claimsAbout } from './claims.ts'
import { OAuthError } from './oauth-error.ts'

/** The claims of a Bearer access token (OpenID Connect Core §5.3). Refuses any other token, and one of a banned user. */
export async function userInfo(instance: Instance, authorization: string | undefined): Promise<object> {
  const text = /^bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
  const token = await findOAuthToken(instance.store, text)
  if (token === null || token.kind !== 'access' || !isLive(token, instance.store.now())) throw invalidToken()
  const user = await requireUser(instance.store, token.userId)
  if (user.banned) throw invalidToken()
  return {
    object: 'oauth_user_info',
    instance_id: instance.id,
    user_id: user.id,
    ...claimsAbout(instance, user, token.scopes),
  }
}

/** RFC 7662: what a token is good for. Tokens of other applications count as unknown. */
export async function introspect(instance: Instance, application: OAuthApplication, text: string): Promise<object> {
  const token = await ownToken(instance, application, text)
  if (token === null || !isLive(token, instance.store.now())) return { active: false }
  return {
    active: true,
    client_id: token.clientId,
    sub: token.userId,
    scope: token.scopes,
    iat: Math.floor(token.createdAt / 1000),
    ...(token.expiresAt === null ? {} : { exp: Math.floor(token.expiresAt / 1000) }),
    iss: instance.issuer,
    token_type: token.kind === 'access' ? 'access_token' : 'refresh_token',
  }
}

/** RFC 7009: takes back every token of the grant. One that is unknown, or another application's, is let be. */
export async function revoke(instance: Instance, application: OAuthApplication, text: string): Promise<void> {
  const token = await ownToken(instance, application, text)
  if (token !== null) await revokeOAuthGrant(instance.store, token.grantId)
}

async function ownToken(instance: Instance, application: OAuthApplication, text: string): Promise<OAuthToken | null> {
  const token = await findOAuthToken(instance.store, text)
  return token?.applicationId === application.id ? token : null
}

function invalidToken(): OAuthError {
  return new OAuthError('invalid_token', 'The access token is not valid, or not any more.', 401)
}
