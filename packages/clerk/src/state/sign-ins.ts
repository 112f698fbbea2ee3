// Sign-ins: somebody at a browser who is proving who she is. One that takes longer than a day is abandoned.

import { notFound } from '../refusal/not-found.ts'
import { newId } from './ids.ts'
import { assignments, bindings, insertion } from './statement-builder.ts'
import type { Store } from './store.ts'

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

const lifetime = 86_400_000

const columns = /* sql */ `
  i.id, i.client_id as "clientId", i.status, i.identifier, i.user_id as "userId",
  i.first_verification_id as "firstVerificationId", i.second_verification_id as "secondVerificationId",
  i.created_session_id as "createdSessionId", i.abandon_at as "abandonAt", i.created_at as "createdAt",
  i.updated_at as "updatedAt"`

/** Begins a sign-in of a client and hands back its id. */
export async function insertSignIn(
  store: Store,
  clientId: string,
  row: SignInColumns & { readonly status: SignInStatus },
): Promise<string> {
  const id = newId('sia')
  const now = store.now()
  const { text, values } = insertion('clerk.sign_ins', {
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

/** Changes a sign-in. */
export async function updateSignIn(store: Store, id: string, change: SignInColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  await store.db.query(`update clerk.sign_ins set ${set} where instance_id = $1 and id = $2`, bound.values)
}

/** The sign-in of a client. Refuses an unknown id, one of another client, and one that was abandoned. */
export async function requireSignIn(store: Store, clientId: string, id: string): Promise<SignIn> {
  const found = await findSignIn(store, id)
  if (found === null || found.clientId !== clientId) throw notFound('sign_in', id)
  return found
}

/** The sign-in, or null when there is none or it was abandoned. */
export async function findSignIn(store: Store, id: string): Promise<SignIn | null> {
  const [row] = await store.db.query<SignIn>(
    `select ${columns} from clerk.sign_ins i where i.instance_id = $1 and i.id = $2 and i.abandon_at > $3`,
    [store.instanceId, id, store.now()],
  )
  return row ?? null
}

/** The same with its row locked to the end of the transaction. Refuses an unknown one. */
export async function requireSignInLocked(store: Store, id: string): Promise<SignIn> {
  await store.db.query('select 1 from clerk.sign_ins where instance_id = $1 and id = $2 for update', [
    store.instanceId,
    id,
  ])
  const found = await findSignIn(store, id)
  if (found === null) throw notFound('sign_in', id)
  return found
}

/** The sign-in whose first factor a verification stands for, or null. */
export async function findSignInByFirstVerification(store: Store, verificationId: string): Promise<SignIn | null> {
  const [row] = await store.db.query<SignIn>(
    `select ${columns} from clerk.sign_ins i
     where i.instance_id = $1 and i.first_verification_id = $2 and i.abandon_at > $3`,
    [store.instanceId, verificationId, store.now()],
  )
  return row ?? null
}
