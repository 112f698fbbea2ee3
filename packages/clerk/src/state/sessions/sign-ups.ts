// Sign-ups: somebody at a browser who is about to become a user. One that takes longer than a day is abandoned.

import type { JsonObject } from '../../tokens/json.ts'
import {
  type AttemptTable,
  findAttempt,
  insertAttempt,
  requireAttempt,
  requireAttemptLocked,
  updateAttempt,
} from './sign-attempts.ts'
import type { Store } from '../database/store.ts'

/** A sign-up. Times are Unix milliseconds. */
export interface SignUp {
  readonly id: string
  readonly clientId: string
  readonly emailAddress: string | null
  readonly phoneNumber: string | null
  readonly username: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly passwordDigest: string | null
  readonly passwordHasher: string | null
  readonly unsafeMetadata: JsonObject
  readonly locale: string | null
  readonly timezone: string | null
  readonly legalAcceptedAt: number | null
  /** The ticket it came with, which is used up at the end. */
  readonly ticket: string | null
  readonly emailVerificationId: string | null
  readonly phoneVerificationId: string | null
  /** Of the account at another provider that it came with. */
  readonly externalVerificationId: string | null
  readonly createdUserId: string | null
  readonly createdSessionId: string | null
  readonly abandonAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** Columns of `clerk.sign_ups` that requests set. `undefined` leaves a column alone. */
export interface SignUpColumns {
  readonly email_address?: string | null | undefined
  readonly phone_number?: string | null | undefined
  readonly username?: string | null | undefined
  readonly first_name?: string | null | undefined
  readonly last_name?: string | null | undefined
  readonly password_digest?: string | null | undefined
  readonly password_hasher?: string | null | undefined
  readonly unsafe_metadata?: JsonObject | undefined
  readonly locale?: string | null | undefined
  readonly timezone?: string | null | undefined
  readonly legal_accepted_at?: number | null | undefined
  readonly ticket?: string | null | undefined
  readonly email_verification_id?: string | null | undefined
  readonly phone_verification_id?: string | null | undefined
  readonly external_verification_id?: string | null | undefined
  readonly created_user_id?: string | undefined
  readonly created_session_id?: string | undefined
}

const signUps: AttemptTable = {
  kind: 'sign_up',
  table: 'clerk.sign_ups',
  prefix: 'sua',
  columns: /* sql */ `
    id, client_id as "clientId", email_address as "emailAddress", phone_number as "phoneNumber", username,
    first_name as "firstName", last_name as "lastName", password_digest as "passwordDigest",
    password_hasher as "passwordHasher", unsafe_metadata as "unsafeMetadata", locale, timezone,
    legal_accepted_at as "legalAcceptedAt", ticket, email_verification_id as "emailVerificationId",
    phone_verification_id as "phoneVerificationId", external_verification_id as "externalVerificationId",
    created_user_id as "createdUserId", created_session_id as "createdSessionId", abandon_at as "abandonAt",
    created_at as "createdAt", updated_at as "updatedAt"`,
}

/** Begins a sign-up of a client and hands back its id. */
export function insertSignUp(store: Store, clientId: string, row: SignUpColumns): Promise<string> {
  return insertAttempt(store, signUps, clientId, row)
}

/** Changes a sign-up. */
export function updateSignUp(store: Store, id: string, change: SignUpColumns): Promise<void> {
  return updateAttempt(store, signUps, id, change)
}

/** The sign-up of a client. Refuses an unknown id, one of another client, and one that was abandoned. */
export function requireSignUp(store: Store, clientId: string, id: string): Promise<SignUp> {
  return requireAttempt(store, signUps, clientId, id)
}

/** The sign-up, or null when there is none or it was abandoned. */
export function findSignUp(store: Store, id: string): Promise<SignUp | null> {
  return findAttempt(store, signUps, 'id', id)
}

/** The same with its row locked to the end of the transaction. Refuses an unknown one. */
export function requireSignUpLocked(store: Store, id: string): Promise<SignUp> {
  return requireAttemptLocked(store, signUps, id)
}

/** The sign-up that comes with the account of a verification, or null. */
export function findSignUpByExternalVerification(store: Store, verificationId: string): Promise<SignUp | null> {
  return findAttempt(store, signUps, 'external_verification_id', verificationId)
}

/** The sign-up whose e-mail address a verification proves, or null. */
export function findSignUpByEmailVerification(store: Store, verificationId: string): Promise<SignUp | null> {
  return findAttempt(store, signUps, 'email_verification_id', verificationId)
}
