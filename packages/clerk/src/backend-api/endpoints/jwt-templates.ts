// The endpoints under /jwt_templates.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { newId } from '../../state/database/ids.ts'
import {
  deleteJwtTemplate,
  insertJwtTemplate,
  type JwtTemplateColumns,
  listJwtTemplates,
  requireJwtTemplate,
  updateJwtTemplate,
} from '../../state/instance/jwt-templates.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { customSigningAlgorithms, readPrivateKey, type SigningAlgorithm } from '../../tokens/sign-jwt.ts'
import { reservedClaimIn } from '../../tokens/template-claims.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
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
import { pageOf } from '../../parameters/query.ts'
import { deletion, maybePaginated } from '../../resources/listing.ts'
import { jwtTemplateResource } from '../../resources/session.ts'

export const jwtTemplateEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/jwt_templates', answer: createTemplate },
  { method: 'GET', path: '/jwt_templates', answer: templateList },
  { method: 'GET', path: '/jwt_templates/:template_id', answer: templateById },
  { method: 'PATCH', path: '/jwt_templates/:template_id', answer: changeTemplate },
  { method: 'DELETE', path: '/jwt_templates/:template_id', answer: removeTemplate },
]

const parameters = [
  'name',
  'claims',
  'lifetime',
  'allowed_clock_skew',
  'custom_signing_key',
  'signing_algorithm',
  'signing_key',
]
/** Seconds that tokens by a template may live. */
export const lifetimeBounds = [30, 315_360_000] as const
/** Seconds that `nbf` may lie before `iat`. */
export const skewBounds = [0, 300] as const

async function createTemplate({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, parameters)
  const name = requireName(requireText(read, 'name'))
  const claims = claimsOf(read)
  if (claims === undefined) throw new ClerkRefusal('form_param_missing', { param: 'claims' })
  const id = newId('jtmp')
  await insertJwtTemplate(store, id, {
    name,
    claims,
    lifetime: optionalInteger(read, 'lifetime', ...lifetimeBounds) ?? 60,
    allowed_clock_skew: optionalInteger(read, 'allowed_clock_skew', ...skewBounds) ?? 5,
    ...(signingOf(read) ?? instanceSigning),
  })
  return jwtTemplateResource(await requireJwtTemplate(store, id))
}

async function changeTemplate(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, parameters)
  const id = pathValue(request, 'template_id')
  const name = optionalText(body, 'name')
  await updateJwtTemplate(request.store, id, {
    name: name ? requireName(name) : undefined,
    claims: claimsOf(body),
    lifetime: optionalInteger(body, 'lifetime', ...lifetimeBounds) ?? undefined,
    allowed_clock_skew: optionalInteger(body, 'allowed_clock_skew', ...skewBounds) ?? undefined,
    ...signingOf(body),
  })
  return templateById(request)
}

async function templateList({ store, query }: BackendRequest): Promise<object> {
  return maybePaginated(query, await listJwtTemplates(store, pageOf(query)), jwtTemplateResource)
}

async function templateById(request: BackendRequest): Promise<object> {
  return jwtTemplateResource(await requireJwtTemplate(request.store, pathValue(request, 'template_id')))
}

async function removeTemplate(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'template_id')
  await deleteJwtTemplate(request.store, id)
  return deletion('jwt_template', id)
}

/** The claims that a body has. Refuses a reserved one. */
export function claimsOf(body: Body): JsonObject | undefined {
  const claims = optionalObject(body, 'claims')
  if (claims === undefined || claims === null) return undefined
  const claim = reservedClaimIn(claims)
  if (claim !== null) throw new ClerkRefusal('jwt_template_reserved_claim', { claim })
  return claims
}

function requireName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,128}$/.test(name)) return name
  throw new ClerkRefusal('form_param_format_invalid', { param: 'name', expected: "letters, digits, '-' and '_'" })
}

const instanceSigning = { custom_signing_key: false, signing_algorithm: 'RS256', signing_key: null } as const

/** The signing columns, or undefined when the body says nothing about signing. Refuses a key that cannot sign. */
function signingOf(
  body: Body,
): Required<Pick<JwtTemplateColumns, 'custom_signing_key' | 'signing_algorithm' | 'signing_key'>> | undefined {
  const custom = optionalFlag(body, 'custom_signing_key')
  if (custom === undefined) return undefined
  if (!custom) return instanceSigning
  const algorithm = optionalChoice(body, 'signing_algorithm', customSigningAlgorithms)
  const key = optionalText(body, 'signing_key', 16_384)
  if (algorithm === undefined) throw missing('signing_algorithm')
  if (!key) throw missing('signing_key')
  requireUsableKey(algorithm, key)
  return { custom_signing_key: true, signing_algorithm: algorithm, signing_key: key }
}

function requireUsableKey(algorithm: SigningAlgorithm, key: string): void {
  if (algorithm.startsWith('HS') || readPrivateKey(key, algorithm) !== null) return
  const expected = `a PEM private key that can sign ${algorithm}`
  throw new ClerkRefusal('form_param_format_invalid', { param: 'signing_key', expected })
}

function missing(param: string): ClerkRefusal {
  return new ClerkRefusal('form_conditional_param_missing', { param, present: 'custom_signing_key' })
}
