// What sign-ins and sign-ups have in common: each is of a client, and abandoned when it takes longer than a day.

import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import { assignments, bindings, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

/** Where attempts of a kind are kept. */
export interface AttemptTable {
  readonly kind: 'sign_in' | 'sign_up'
  readonly table: 'clerk.sign_ins' | 'clerk.sign_ups'
  readonly prefix: 'sia' | 'sua'
  readonly columns: string
}

/** What an attempt can be found by. */
type AttemptKey = 'id' | 'first_verification_id' | 'email_verification_id' | 'external_verification_id'

/** What every attempt has. */
interface Attempt {
  readonly clientId: string
}

const lifetime = 86_400_000

/** Begins an attempt of a client and hands back its id. */
export async function insertAttempt(
  store: Store,
  { table, prefix }: AttemptTable,
  clientId: string,
  row: object,
): Promise<string> {
  const id = newId(prefix)
  const now = store.now()
  const { text, values } = insertion(table, {
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

/** Changes an attempt. */
export async function updateAttempt(store: Store, { table }: AttemptTable, id: string, change: object): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  await store.db.query(`update ${table} set ${set} where instance_id = $1 and id = $2`, bound.values)
}

/** The attempt that names a value in a column, or null when there is none or it was abandoned. */
export async function findAttempt<Row extends Attempt>(
  store: Store,
  { table, columns }: AttemptTable,
  column: AttemptKey,
  value: string,
): Promise<Row | null> {
  const [row] = await store.db.query<Row>(
    `select ${columns} from ${table} where instance_id = $1 and ${column} = $2 and abandon_at > $3`,
    [store.instanceId, value, store.now()],
  )
  return row ?? null
}

/** The attempt of a client. Refuses an unknown id, one of another client, and one that was abandoned. */
export async function requireAttempt<Row extends Attempt>(
  store: Store,
  table: AttemptTable,
  clientId: string,
  id: string,
): Promise<Row> {
  const found = await findAttempt<Row>(store, table, 'id', id)
  if (found === null || found.clientId !== clientId) throw notFound(table.kind, id)
  return found
}

/** The attempt with its row locked to the end of the transaction. Refuses an unknown one. */
export async function requireAttemptLocked<Row extends Attempt>(
  store: Store,
  table: AttemptTable,
  id: string,
): Promise<Row> {
  await store.db.query(`select 1 from ${table.table} where instance_id = $1 and id = $2 for update`, [
    store.instanceId,
    id,
  ])
  const found = await findAttempt<Row>(store, table, 'id', id)
  if (found === null) throw notFound(table.kind, id)
  return found
}
