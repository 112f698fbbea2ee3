// Sign-ups: somebody at a browser who is about to become a user. One that takes longer than a day is abandoned.

import { notFound } from '../refusal/not-found.ts'
import type { JsonObject } from '../tokens/json.ts'
import { newId } from './ids.ts'
import { assignments, bindings, insertion } from './statement-builder.ts'
import type { Store } from './store.ts'

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
  readonly legal_accepted_at?: number | null | undefined
  readonly ticket?: string | null | undefined
  readonly email_verification_id?: string | null | undefined
  readonly phone_verification_id?: string | null | undefined
  readonly external_verification_id?: string | null | undefined
  readonly created_user_id?: string | undefined
  readonly created_session_id?: string | undefined
}

const lifetime = 86_400_000

const columns = /* sql */ `
  u.id, u.client_id as "clientId", u.email_address as "emailAddress", u.phone_number as "phoneNumber", u.username,
  u.first_name as "firstName", u.last_name as "lastName", u.password_digest as "passwordDigest",
  u.password_hasher as "passwordHasher", u.unsafe_metadata as "unsafeMetadata", u.locale,
  u.legal_accepted_at as "legalAcceptedAt", u.ticket, u.email_verification_id as "emailVerificationId",
  u.phone_verification_id as "phoneVerificationId", u.external_verification_id as "externalVerificationId",
  u.created_user_id as "createdUserId", u.created_session_id as "createdSessionId", u.abandon_at as "abandonAt",
  u.created_at as "createdAt", u.updated_at as "updatedAt"`

/** Begins a sign-up of a client and hands back its id. */
export async function insertSignUp(store: Store, clientId: string, row: SignUpColumns): Promise<string> {
  const id = newId('sua')
  const now = store.now()
  const { text, values } = insertion('clerk.sign_ups', {
    instance_id: store.instanceId,
    id,
    client_id: clientId,
    ...row,
    abandon_at: now + lifetime,
    created_at: now,
    updated_at: now,
  })
  await store.db.query(text, values)
  return id
}

/** Changes a sign-up. */
export async function updateSignUp(store: Store, id: string, change: SignUpColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  await store.db.query(`update clerk.sign_ups set ${set} where instance_id = $1 and id = $2`, bound.values)
}

/** The sign-up of a client. Refuses an unknown id, one of another client, and one that was abandoned. */
export async function requireSignUp(store: Store, clientId: string, id: string): Promise<SignUp> {
  const found = await findSignUp(store, id)
  if (found === null || found.clientId !== clientId) throw notFound('sign_up', id)
  return found
}

/** The sign-up, or null when there is none or it was abandoned. */
export async function findSignUp(store: Store, id: string): Promise<SignUp | null> {
  const [row] = await store.db.query<SignUp>(
    `select ${columns} from clerk.sign_ups u where u.instance_id = $1 and u.id = $2 and u.abandon_at > $3`,
    [store.instanceId, id, store.now()],
  )
  return row ?? null
}

/** The same with its row locked to the end of the transaction. Refuses an unknown one. */
export async function requireSignUpLocked(store: Store, id: string): Promise<SignUp> {
  await store.db.query('select 1 from clerk.sign_ups where instance_id = $1 and id = $2 for update', [
    store.instanceId,
    id,
  ])
  const found = await findSignUp(store, id)
  if (found === null) throw notFound('sign_up', id)
  return found
}

/** The sign-up that comes with the account of a verification, or null. */
export async function findSignUpByExternalVerification(store: Store, verificationId: string): Promise<SignUp | null> {
  const [row] = await store.db.query<SignUp>(
    `select ${columns} from clerk.sign_ups u
     where u.instance_id = $1 and u.external_verification_id = $2 and u.abandon_at > $3`,
    [store.instanceId, verificationId, store.now()],
  )
  return row ?? null
}

/** The sign-up whose e-mail address a verification proves, or null. */
export async function findSignUpByEmailVerification(store: Store, verificationId: string): Promise<SignUp | null> {
  const [row] = await store.db.query<SignUp>(
    `select ${columns} from clerk.sign_ups u
     where u.instance_id = $1 and u.email_verification_id = $2 and u.abandon_at > $3`,
    [store.instanceId, verificationId, store.now()],
  )
  return row ?? null
}
