// What a token would say, for whoever is still writing its claims. It is signed to tell its size, and never handed out.

import type { Instance } from '../../state/instance/instance.ts'
import type { JsonObject } from '../json.ts'
import { type Issue, renderedFor, sessionClaims, type SessionTokenShape } from '../session-claims.ts'
import { signJwt, type TokenClass } from '../sign-jwt.ts'
import { templateClaims } from '../template-claims.ts'
import type { TokenSubject } from '../token-subject.ts'
import { sessionTokenLifetime } from './mint-token.ts'

/** The claims of a token and how many characters it has. */
export interface TokenPreview {
  readonly claims: JsonObject
  readonly tokenLength: number
}

/** A session token of such a shape for a subject. */
export async function previewSessionToken(
  instance: Instance,
  subject: TokenSubject,
  shape: SessionTokenShape,
): Promise<TokenPreview> {
  const claims = sessionClaims(subject, renderedFor(subject, shape), issueOf(instance, sessionTokenLifetime))
  return { claims, tokenLength: await lengthOf(instance, claims, 'session') }
}

/** A token by a template of such claims for a subject. Its length is that of one signed with the instance's key. */
export async function previewTemplateToken(
  instance: Instance,
  subject: TokenSubject,
  template: { readonly claims: JsonObject; readonly lifetime: number; readonly allowedClockSkew: number },
): Promise<TokenPreview> {
  const issue = issueOf(instance, template.lifetime)
  const claims = templateClaims(subject, template.claims, template.allowedClockSkew, issue)
  return { claims, tokenLength: await lengthOf(instance, claims, 'template') }
}

function issueOf(instance: Instance, lifetimeSeconds: number): Issue {
  const [authorizedParty, tokenId] = ['http://localhost:3000', '0'.repeat(20)]
  return { nowMilliseconds: instance.store.now(), lifetimeSeconds, issuer: instance.issuer, authorizedParty, tokenId }
}

async function lengthOf(instance: Instance, claims: JsonObject, tokenClass: TokenClass): Promise<number> {
  const [key] = (await instance.snapshot()).keys
  return (await signJwt(claims, tokenClass, { algorithm: 'RS256', kid: key.kid, key: key.privateKey })).length
}
