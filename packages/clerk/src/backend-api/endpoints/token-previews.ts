// Endpoints of our own that show what a token would say while its claims are still being written: nothing is saved, and
// no token is handed out.

import {
  type Body,
  optionalChoice,
  optionalFlag,
  optionalInteger,
  optionalObject,
  optionalText,
  requireBody,
  requireText,
} from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import {
  requireSessionClaims,
  sessionClaimsMostBytes,
  sessionTokenShape,
} from '../../state/instance/instance-settings.ts'
import { requireUserSubject } from '../../state/sessions/user-subject.ts'
import type { Store } from '../../state/database/store.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { sessionTokenMostBytes } from '../../tokens/minting/mint-token.ts'
import { previewSessionToken, previewTemplateToken } from '../../tokens/minting/preview-token.ts'
import { customSigningAlgorithms } from '../../tokens/sign-jwt.ts'
import type { TokenSubject } from '../../tokens/token-subject.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'
import { claimsOf, lifetimeBounds, skewBounds } from './jwt-templates.ts'
import { requireVersion } from './session-token.ts'

export const tokenPreviewEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/instance/session_token/preview', answer: sessionTokenPreview },
  { method: 'POST', path: '/jwt_templates/preview', answer: templatePreview },
]

const whose = ['user_id', 'organization_id']

/** What is left out is as it is saved. Refuses the claims that saving refuses. */
async function sessionTokenPreview({ instance, store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, [...whose, 'claims', 'version', 'legacy_organization_claims'])
  const saved = (await instance.snapshot()).settings
  const version = optionalText(read, 'version')
  const settings = {
    ...saved,
    sessionClaims: optionalObject(read, 'claims') ?? saved.sessionClaims,
    tokenVersion: version === undefined ? saved.tokenVersion : requireVersion(version),
    legacyOrganizationClaims: optionalFlag(read, 'legacy_organization_claims') ?? saved.legacyOrganizationClaims,
  }
  requireSessionClaims(settings.sessionClaims)
  const subject = await subjectOf(store, read)
  const { claims, tokenLength } = await previewSessionToken(instance, subject, sessionTokenShape(settings))
  return {
    object: 'token_preview',
    claims,
    claims_bytes: bytesOf(settings.sessionClaims),
    claims_max_bytes: sessionClaimsMostBytes,
    token_bytes: tokenLength,
    token_max_bytes: sessionTokenMostBytes,
  }
}

/**
 * Tokens by template travel in headers, so their size has no bound of its own. `signing_algorithm` is that of a key of
 * the template's own; without one it is signed with the instance's.
 */
async function templatePreview({ instance, store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, [...whose, 'claims', 'lifetime', 'allowed_clock_skew', 'signing_algorithm'])
  const template = {
    claims: claimsOf(read),
    lifetime: optionalInteger(read, 'lifetime', ...lifetimeBounds) ?? 60,
    allowedClockSkew: optionalInteger(read, 'allowed_clock_skew', ...skewBounds) ?? 5,
    algorithm: optionalChoice(read, 'signing_algorithm', customSigningAlgorithms) ?? null,
  }
  if (template.claims === undefined) throw new ClerkRefusal('form_param_missing', { param: 'claims' })
  const subject = await subjectOf(store, read)
  const { claims, tokenLength } = await previewTemplateToken(instance, subject, {
    ...template,
    claims: template.claims,
  })
  return {
    object: 'token_preview',
    claims,
    claims_bytes: bytesOf(template.claims),
    claims_max_bytes: null,
    token_bytes: tokenLength,
    token_max_bytes: null,
  }
}

async function subjectOf(store: Store, body: Body): Promise<TokenSubject> {
  return requireUserSubject(store, requireText(body, 'user_id'), optionalText(body, 'organization_id') || null)
}

function bytesOf(claims: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(claims))
}
