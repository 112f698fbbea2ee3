// What a token would say, for whoever is still writing its claims. It is signed to tell its size, and never handed out.

import type { Instance } from '../../state/instance/instance.ts'
import type { JsonObject } from '../json.ts'
import { type Issue, renderedFor, sessionClaims, type SessionTokenShape } from '../session-claims.ts'
import { signJwt, type SigningAlgorithm, type TokenClass } from '../sign-jwt.ts'
import { templateClaims } from '../template-claims.ts'
import type { TokenSubject } from '../token-subject.ts'
import { sessionTokenLifetime } from './mint-token.ts'

/** Bytes of a signature. One by RSA is as long as the key, which is taken to be of the usual 2048 bits. */
const signatureBytes: Readonly<Record<SigningAlgorithm, number>> = {
  HS256: 32,
  HS384: 48,
  HS512: 64,
  RS256: 256,
  RS384: 256,
  RS512: 256,
  ES256: 64,
  ES384: 96,
  ES512: 132,
}

/** A template that may not be saved yet. `algorithm` is of a key of its own; null is the instance's key. */
export interface TemplateDraft {
  readonly claims: JsonObject
  readonly lifetime: number
  readonly allowedClockSkew: number
  readonly algorithm: SigningAlgorithm | null
}

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
  return { claims, tokenLength: (await signed(instance, claims, 'session')).length }
}

/** A token by such a template for a subject. */
export async function previewTemplateToken(
  instance: Instance,
  subject: TokenSubject,
  template: TemplateDraft,
): Promise<TokenPreview> {
  const issue = issueOf(instance, template.lifetime)
  const claims = templateClaims(subject, template.claims, template.allowedClockSkew, issue)
  const { algorithm } = template
  const tokenLength =
    algorithm === null ? (await signed(instance, claims, 'template')).length : await ownKeyLength(claims, algorithm)
  return { claims, tokenLength }
}

function issueOf(instance: Instance, lifetimeSeconds: number): Issue {
  const [authorizedParty, tokenId] = ['http://localhost:3000', '0'.repeat(20)]
  return { nowMilliseconds: instance.store.now(), lifetimeSeconds, issuer: instance.issuer, authorizedParty, tokenId }
}

async function signed(instance: Instance, claims: JsonObject, tokenClass: TokenClass): Promise<string> {
  const [key] = (await instance.snapshot()).keys
  return await signJwt(claims, tokenClass, { algorithm: 'RS256', kid: key.kid, key: key.privateKey })
}

/** The key is not told, and may not be there yet: what is signed is as it would be, and the signature is counted. */
async function ownKeyLength(claims: JsonObject, algorithm: SigningAlgorithm): Promise<number> {
  const token = await signJwt(claims, 'template', { algorithm, kid: null, key: 'stands in' })
  return token.lastIndexOf('.') + 1 + Math.ceil((signatureBytes[algorithm] * 8) / 6)
}
