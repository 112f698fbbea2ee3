// What is written about a token before it is forged, and what the instance is sent for it.

import type { Fault } from './faults.ts'

/** All as typed; empty is left out. */
export interface ForgeDraft {
  readonly madeUp: boolean
  readonly userId: string
  readonly sub: string
  readonly organizationId: string
  readonly role: string
  readonly permissions: string
  readonly firstFactor: string
  readonly secondFactor: string
  readonly version: 'instance' | 'v1' | 'v2'
  readonly lifetime: string
  readonly template: string
  readonly claims: string
  readonly fault: Fault
}

export const emptyDraft: ForgeDraft = {
  madeUp: false,
  userId: '',
  sub: 'user_made_up',
  organizationId: '',
  role: '',
  permissions: '',
  firstFactor: '0',
  secondFactor: '-1',
  version: 'instance',
  lifetime: '',
  template: '',
  claims: '',
  fault: 'none',
}

export type ForgeProblems = Partial<Record<keyof ForgeDraft, string>>

/** The longest that the instance lets a token live, in seconds: ten years. */
const LONGEST = 315_360_000

/** What the form says at its fields; nothing where it may be sent. */
export function problemsOf(draft: ForgeDraft): ForgeProblems {
  const age = 'Whole minutes; -1 for never.'
  const lifetime = draft.lifetime.trim()
  return {
    ...(!draft.madeUp && draft.userId === '' && { userId: 'Choose a user, or make somebody up.' }),
    ...(draft.madeUp && draft.sub.trim() === '' && { sub: 'Give an id.' }),
    ...(!isAge(draft.firstFactor) && { firstFactor: age }),
    ...(!isAge(draft.secondFactor) && { secondFactor: age }),
    ...(lifetime !== '' && !isLifetime(lifetime) && { lifetime: `Whole seconds from 1 to ${LONGEST}.` }),
    ...(claimsOf(draft.claims) === null && { claims: 'This is no JSON object.' }),
  }
}

/** The body of `POST /instance/forged_tokens`. */
export function bodyOf(draft: ForgeDraft, fault: Fault = draft.fault): Readonly<Record<string, unknown>> {
  const permissions = draft.permissions.split(/[\s,]+/).filter((permission) => permission !== '')
  const claims = claimsOf(draft.claims) ?? {}
  return {
    ...(draft.madeUp ? { sub: draft.sub.trim() } : { user_id: draft.userId }),
    ...(draft.organizationId !== '' && { organization_id: draft.organizationId }),
    ...(draft.organizationId !== '' && draft.role !== '' && { role: draft.role, permissions }),
    factor_verification_age: [Number(draft.firstFactor), Number(draft.secondFactor)],
    ...(draft.version !== 'instance' && { version: draft.version }),
    ...(draft.lifetime.trim() !== '' && { expires_in_seconds: Number(draft.lifetime) }),
    ...(draft.template !== '' && { template: draft.template }),
    ...(Object.keys(claims).length > 0 && { claims }),
    fault,
  }
}

function isAge(text: string): boolean {
  return /^(-1|\d{1,8})$/.test(text.trim())
}

function isLifetime(text: string): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= LONGEST
}

/** Nothing is an empty object; null is what cannot be read as one. */
function claimsOf(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === '') return {}
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : null
  } catch {
    return null
  }
}
