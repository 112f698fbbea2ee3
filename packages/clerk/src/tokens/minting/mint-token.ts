// Mints tokens for a session: one query for the subject, unless the request has it already (two for a template), and
// one signature.

import { randomBytes } from 'node:crypto'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { sessionTokenShape } from '../../state/instance/instance-settings.ts'
import { requireSigningTemplate } from '../../state/instance/jwt-templates.ts'
import { requireTokenSubject } from '../../state/sessions/token-subject.ts'
import type { JsonObject } from '../json.ts'
import type { SessionSubject } from '../token-subject.ts'
import { type Issue, namesNoSubject, renderedFor, sessionClaims, type SessionTokenShape } from '../session-claims.ts'
import { readPrivateKey, type Signer, signJwt, type SigningAlgorithm } from '../sign-jwt.ts'
import { templateClaims } from '../template-claims.ts'

/** What the caller decides about a token. */
export interface MintRequest {
  readonly sessionId: string
  /** Seconds; null takes the instance's 60 or the template's own lifetime. */
  readonly lifetimeSeconds: number | null
  /** The origin that asked, for `azp`; null when no browser is behind the request. */
  readonly authorizedParty: string | null
  /** The organization the token is for, null for the personal account; the session's active one when left out. */
  readonly organizationId?: string | null | undefined
  /** What tokens of the session say, where the request has just read it; null and left out alike have it read, or refused. */
  readonly subject?: SessionSubject | null | undefined
}

/** Seconds that a session token lives. */
export const sessionTokenLifetime = 60

/** Browsers drop a cookie above 4096 bytes, name and attributes included. */
export const sessionTokenMostBytes = 4000

/** A session token, RS256 with the instance's current key. Refuses a session that is over, and a token no cookie can hold. */
export async function mintSessionToken(instance: Instance, request: MintRequest): Promise<string> {
  const { settings, keys } = await instance.snapshot()
  const claims = await claimsOf(instance, request, sessionTokenShape(settings))
  const [key] = keys
  const token = await signJwt(claims, 'session', { algorithm: 'RS256', kid: key.kid, key: key.privateKey })
  if (token.length > sessionTokenMostBytes) {
    throw new ClerkRefusal('form_param_exceeds_allowed_size', { param: 'claims', mostBytes: sessionTokenMostBytes })
  }
  return token
}

/** Most tokens say nothing of the user but her id, and are minted without reading the rest of her. */
async function claimsOf(instance: Instance, request: MintRequest, shape: SessionTokenShape): Promise<JsonObject> {
  const issue = issueOf(instance, request, sessionTokenLifetime)
  if (namesNoSubject(shape)) {
    const read = request.subject ?? (await instance.requireSessionSubject(request.sessionId))
    const { organizationId } = request
    if (organizationId === undefined || organizationId === (read.organization?.id ?? null)) {
      return sessionClaims(read, shape, issue)
    }
  }
  const subject = await requireTokenSubject(instance.store, request.sessionId, request.organizationId)
  return sessionClaims(subject, renderedFor(subject, shape), issue)
}

/** A token by template, signed with the template's own key or the instance's. Refuses an unknown name and a session that is over. */
export async function mintTemplateToken(instance: Instance, name: string, request: MintRequest): Promise<string> {
  const [{ keys }, template, subject] = await Promise.all([
    instance.snapshot(),
    requireSigningTemplate(instance.store, name),
    requireTokenSubject(instance.store, request.sessionId, request.organizationId),
  ])
  const issue = issueOf(instance, request, template.lifetime)
  const claims = templateClaims(subject, template.claims, template.allowedClockSkew, issue)
  const [key] = keys
  return signJwt(
    claims,
    'template',
    templateSigner(template, { algorithm: 'RS256', kid: key.kid, key: key.privateKey }),
  )
}

/** What signs tokens by a template: its own key, or the instance's. */
export function templateSigner(
  { signingAlgorithm, signingKey }: { readonly signingAlgorithm: SigningAlgorithm; readonly signingKey: string | null },
  ownSigner: Signer,
): Signer {
  return signingKey === null ? ownSigner : customSigner(signingAlgorithm, signingKey)
}

function issueOf(instance: Instance, request: MintRequest, lifetime: number): Issue {
  return {
    nowMilliseconds: instance.store.now(),
    lifetimeSeconds: request.lifetimeSeconds ?? lifetime,
    issuer: instance.issuer,
    authorizedParty: request.authorizedParty,
    tokenId: randomBytes(10).toString('hex'),
  }
}

function customSigner(algorithm: SigningAlgorithm, signingKey: string): Signer {
  if (algorithm.startsWith('HS')) return { algorithm, kid: null, key: signingKey }
  const key = readPrivateKey(signingKey, algorithm)
  if (key === null) throw new Error(`a stored ${algorithm} signing key cannot be read`)
  return { algorithm, kid: null, key }
}
