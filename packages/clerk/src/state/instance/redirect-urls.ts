// The addresses that native applications may be sent back to.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface RedirectUrl {
  readonly id: string
  readonly url: string
  readonly createdAt: number
  readonly updatedAt: number
}

const columns = /* sql */ `id, url, created_at as "createdAt", updated_at as "updatedAt"`

/** Adds an address. Refuses one that is there. */
export async function insertRedirectUrl(store: Store, url: string): Promise<RedirectUrl> {
  try {
    const [inserted] = await store.db.query<RedirectUrl>(
      `insert into clerk.redirect_urls (instance_id, id, url, created_at, updated_at)
       values ($1, $2, $3, $4, $4) returning ${columns}`,
      [store.instanceId, newId('ru'), url, store.now()],
    )
    if (inserted === undefined) throw new Error('an insert returned no row')
    return inserted
  } catch (error) {
    if (violatedConstraint(error) !== 'redirect_urls_once') throw error
    const longMessage = `The redirect URL ${url} already exists.`
    throw new ClerkRefusal('duplicate_record', { message: 'duplicate redirect URL', longMessage }, { cause: error })
  }
}

/** The address. Refuses an unknown id. */
export async function requireRedirectUrl(store: Store, id: string): Promise<RedirectUrl> {
  const [found] = await store.db.query<RedirectUrl>(
    `select ${columns} from clerk.redirect_urls where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (found === undefined) throw notFound('redirect_url', id)
  return found
}

/** One page of the addresses, the newest first, and how many there are. */
export async function listRedirectUrls(store: Store, page: Page): Promise<Listed<RedirectUrl>> {
  const from = 'from clerk.redirect_urls where instance_id = $1'
  const rows = { columns, from, orderBy: 'created_at desc, position desc' }
  return readPage(store, rows, bindings(store.instanceId), page)
}

/** True when the address is on the list, as it is written there. */
export async function isRedirectUrl(store: Store, url: string): Promise<boolean> {
  const [found] = await store.db.query('select 1 from clerk.redirect_urls where instance_id = $1 and url = $2', [
    store.instanceId,
    url,
  ])
  return found !== undefined
}

/** Deletes an address. Refuses an unknown id. */
export async function deleteRedirectUrl(store: Store, id: string): Promise<void> {
  const [deleted] = await store.db.query(
    'delete from clerk.redirect_urls where instance_id = $1 and id = $2 returning 1',
    [store.instanceId, id],
  )
  if (deleted === undefined) throw notFound('redirect_url', id)
}
