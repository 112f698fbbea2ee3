// An endpoint of our own that makes tokens nobody signed in for, and wrong ones: for looking at what they are told, in
// development.

import {
  type Body,
  optionalChoice,
  optionalFlag,
  optionalInteger,
  optionalObject,
  optionalText,
  requireBody,
  requireText,
  texts,
} from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { tokenVersions } from '../../state/instance/instance-settings.ts'
import { requireUserSubject } from '../../state/sessions/user-subject.ts'
import type { Store } from '../../state/database/store.ts'
import { faults } from '../../tokens/forging/faults.ts'
import { madeUpOrganization, madeUpUser } from '../../tokens/forging/made-up-subject.ts'
import { forgeToken } from '../../tokens/minting/forge-token.ts'
import type { ActiveOrganization, TokenSubject } from '../../tokens/token-subject.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'

export const forgedTokenEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/instance/forged_tokens', answer: forge },
]

const parameters = [
  'user_id',
  'sub',
  'organization_id',
  'organization_slug',
  'role',
  'permissions',
  'factor_verification_age',
  'version',
  'legacy_organization_claims',
  'expires_in_seconds',
  'authorized_party',
  'claims',
  'template',
  'fault',
]

/** Seconds: ten years, as templates may have it. */
const longestLife = 315_360_000

async function forge({ instance, store, body }: BackendRequest): Promise<object> {
  if (!instance.isDevelopment) throw new ClerkRefusal('forging_not_allowed', {})
  const read = requireBody(body, parameters)
  const fault = optionalChoice(read, 'fault', faults) ?? 'none'
  const jwt = await forgeToken(instance, {
    subject: await subjectOf(store, read),
    fault,
    template: optionalText(read, 'template') || null,
    lifetimeSeconds: optionalInteger(read, 'expires_in_seconds', 1, longestLife) ?? null,
    authorizedParty: optionalText(read, 'authorized_party') || null,
    version: optionalChoice(read, 'version', tokenVersions) ?? null,
    legacyOrganizationClaims: optionalFlag(read, 'legacy_organization_claims') ?? null,
    claims: optionalObject(read, 'claims') ?? {},
  })
  return { object: 'forged_token', fault, jwt }
}

/** A `role` makes the membership up; without one a user has to be in the organization. */
async function subjectOf(store: Store, body: Body): Promise<TokenSubject> {
  const userId = optionalText(body, 'user_id') || null
  const organizationId = optionalText(body, 'organization_id') || null
  if (userId !== null && (body['sub'] ?? '') !== '') {
    throw new ClerkRefusal('form_param_not_combinable', { param: 'sub', existing: 'user_id' })
  }
  const isMember = userId !== null && (optionalText(body, 'role') || null) === null
  const known = userId === null ? null : await requireUserSubject(store, userId, isMember ? organizationId : null)
  const [first, second] = agesOf(body)
  return {
    sessionId: 'sess_forged',
    sessionStatus: 'active',
    firstFactorVerifiedAt: momentBefore(store, first),
    secondFactorVerifiedAt: momentBefore(store, second),
    actor: null,
    user: known?.user ?? madeUpUser(requireText(body, 'sub', 256), store.now()),
    organization: isMember ? (known?.organization ?? null) : organizationOf(body, organizationId),
  }
}

function organizationOf(body: Body, id: string | null): ActiveOrganization | null {
  if (id === null) return null
  return madeUpOrganization(id, optionalText(body, 'organization_slug') || null, {
    role: optionalText(body, 'role') || 'org:member',
    permissions: texts(body, 'permissions'),
  })
}

/** Minutes since either factor was verified, -1 for never, as `fva` has them. */
function agesOf(body: Body): readonly [number, number] {
  const ages = body['factor_verification_age'] ?? [0, -1]
  const [first, second, ...others]: readonly unknown[] = Array.isArray(ages) ? ages : []
  if (isAge(first) && isAge(second) && others.length === 0) return [first, second]
  const expected = 'two whole numbers of minutes, -1 for a factor that was never verified'
  throw new ClerkRefusal('form_param_format_invalid', { param: 'factor_verification_age', expected })
}

function isAge(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= -1 && value <= 100_000_000
}

function momentBefore({ now }: Store, minutes: number): number | null {
  return minutes === -1 ? null : now() - minutes * 60_000
}
