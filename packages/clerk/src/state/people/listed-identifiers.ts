// The two lists of who may come in and who may not: e-mail addresses, phone numbers, wallets, and whole domains as
// `*@domain`.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export type IdentifierList = 'allowlist' | 'blocklist'

export type IdentifierType = 'email_address' | 'phone_number' | 'web3_wallet'

export interface ListedIdentifier {
  readonly id: string
  readonly identifier: string
  readonly identifierType: IdentifierType
  /** Of the invitation that went out with it. */
  readonly invitationId: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** An identifier to list, in its stored form. */
export type NewListedIdentifier = Pick<ListedIdentifier, 'identifier' | 'identifierType' | 'invitationId'>

const columns = /* sql */ `
  id, identifier, identifier_type as "identifierType", invitation_id as "invitationId", created_at as "createdAt",
  updated_at as "updatedAt"`

/** Lists an identifier. Refuses one that is on the list. */
export async function insertListedIdentifier(
  store: Store,
  list: IdentifierList,
  listed: NewListedIdentifier,
): Promise<ListedIdentifier> {
  try {
    const [inserted] = await store.db.query<ListedIdentifier>(
      `insert into clerk.listed_identifiers
         (instance_id, id, list, identifier, identifier_type, invitation_id, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7) returning ${columns}`,
      [
        store.instanceId,
        newId(list === 'allowlist' ? 'alid' : 'blid'),
        list,
        listed.identifier,
        listed.identifierType,
        listed.invitationId,
        store.now(),
      ],
    )
    if (inserted === undefined) throw new Error('an insert returned no row')
    return inserted
  } catch (error) {
    if (violatedConstraint(error) !== 'listed_identifiers_once') throw error
    const longMessage = `the identifier ${listed.identifier} already exists`
    throw new ClerkRefusal(
      'duplicate_record',
      { message: `duplicate ${list} identifier`, longMessage },
      { cause: error },
    )
  }
}

/** One page of a list, the newest first, and how many are on it. */
export async function listIdentifiers(
  store: Store,
  list: IdentifierList,
  page: Page | null,
): Promise<Listed<ListedIdentifier>> {
  const bound = bindings(store.instanceId, list)
  const from = 'from clerk.listed_identifiers where instance_id = $1 and list = $2'
  return readPage(store, { columns, from, orderBy: 'created_at desc, position desc' }, bound, page)
}

/** Takes an identifier off a list. Refuses an id that is not on it. */
export async function deleteListedIdentifier(store: Store, list: IdentifierList, id: string): Promise<void> {
  const [deleted] = await store.db.query(
    'delete from clerk.listed_identifiers where instance_id = $1 and list = $2 and id = $3 returning 1',
    [store.instanceId, list, id],
  )
  if (deleted === undefined) throw notFound('listed_identifier', id)
}

/** True when one of the forms of an identifier is on the list. */
export async function isListed(store: Store, list: IdentifierList, forms: readonly string[]): Promise<boolean> {
  const [listed] = await store.db.query(
    'select 1 from clerk.listed_identifiers where instance_id = $1 and list = $2 and identifier = any($3) limit 1',
    [store.instanceId, list, forms],
  )
  return listed !== undefined
}
