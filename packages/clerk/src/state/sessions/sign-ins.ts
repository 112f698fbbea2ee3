// Sign-ins: somebody at a browser who is proving who she is. One that takes longer than a day is abandoned.

import {
  type AttemptTable,
  findAttempt,
  insertAttempt,
  requireAttempt,
  requireAttemptLocked,
  updateAttempt,
} from './sign-attempts.ts'
import type { Store } from '../database/store.ts'

export type SignInStatus =
  | 'needs_identifier'
  | 'needs_first_factor'
  | 'needs_second_factor'
  | 'needs_new_password'
  | 'complete'

/** A sign-in. Times are Unix milliseconds. */
export interface SignIn {
  readonly id: string
  readonly clientId: string
  readonly status: SignInStatus
  /** What she called herself, in its stored form. */
  readonly identifier: string | null
  /** Whose account it is; null before that is known. */
  readonly userId: string | null
  readonly firstVerificationId: string | null
  readonly secondVerificationId: string | null
  readonly createdSessionId: string | null
  readonly abandonAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** Columns of `clerk.sign_ins` that requests set. `undefined` leaves a column alone. */
export interface SignInColumns {
  readonly status?: SignInStatus | undefined
  readonly identifier?: string | null | undefined
  readonly user_id?: string | null | undefined
  readonly first_verification_id?: string | null | undefined
  readonly second_verification_id?: string | null | undefined
  readonly created_session_id?: string | null | undefined
}

const signIns: AttemptTable = {
  kind: 'sign_in',
  table: 'clerk.sign_ins',
  prefix: 'sia',
  columns: /* sql */ `
    id, client_id as "clientId", status, identifier, user_id as "userId",
    first_verification_id as "firstVerificationId", second_verification_id as "secondVerificationId",
    created_session_id as "createdSessionId", abandon_at as "abandonAt", created_at as "createdAt",
    updated_at as "updatedAt"`,
}

/** Begins a sign-in of a client and hands back its id. */
export function insertSignIn(
  store: Store,
  clientId: string,
  row: SignInColumns & { readonly status: SignInStatus },
): Promise<string> {
  return insertAttempt(store, signIns, clientId, row)
}

/** Changes a sign-in. */
export function updateSignIn(store: Store, id: string, change: SignInColumns): Promise<void> {
  return updateAttempt(store, signIns, id, change)
}

/** The sign-in of a client. Refuses an unknown id, one of another client, and one that was abandoned. */
export function requireSignIn(store: Store, clientId: string, id: string): Promise<SignIn> {
  return requireAttempt(store, signIns, clientId, id)
}

/** The sign-in, or null when there is none or it was abandoned. */
export function findSignIn(store: Store, id: string): Promise<SignIn | null> {
  return findAttempt(store, signIns, 'id', id)
}

/** The same with its row locked to the end of the transaction. Refuses an unknown one. */
export function requireSignInLocked(store: Store, id: string): Promise<SignIn> {
  return requireAttemptLocked(store, signIns, id)
}

/** The sign-in whose first factor a verification stands for, or null. */
export function findSignInByFirstVerification(store: Store, verificationId: string): Promise<SignIn | null> {
  return findAttempt(store, signIns, 'first_verification_id', verificationId)
}
