// The domains an instance has beside its own. They are kept for whoever administers them; nothing is served on them.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { assignments, bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface SatelliteDomain {
  readonly id: string
  readonly name: string
  readonly proxyUrl: string | null
}

/** What a request may change about a domain. `undefined` leaves a column alone. */
export interface DomainColumns {
  readonly name?: string | undefined
  readonly proxy_url?: string | null | undefined
}

const columns = /* sql */ `id, name, proxy_url as "proxyUrl"`

/** Adds a domain. Refuses a name that is there. */
export async function insertSatelliteDomain(
  store: Store,
  name: string,
  proxyUrl: string | null,
): Promise<SatelliteDomain> {
  const [inserted] = await refusingTakenName(name, () =>
    store.db.query<SatelliteDomain>(
      `insert into clerk.satellite_domains (instance_id, id, name, proxy_url, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $5) returning ${columns}`,
      [store.instanceId, newId('dmn'), name, proxyUrl, store.now()],
    ),
  )
  if (inserted === undefined) throw new Error('an insert returned no row')
  return inserted
}

/** Changes a domain. Refuses an unknown id, and a name that is there. */
export async function updateSatelliteDomain(store: Store, id: string, change: DomainColumns): Promise<SatelliteDomain> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  const [updated] = await refusingTakenName(change.name ?? '', () =>
    store.db.query<SatelliteDomain>(
      `update clerk.satellite_domains set ${set} where instance_id = $1 and id = $2 returning ${columns}`,
      bound.values,
    ),
  )
  if (updated === undefined) throw notFound('domain', id)
  return updated
}

/** Every domain, the oldest first. */
export async function listSatelliteDomains(store: Store): Promise<readonly SatelliteDomain[]> {
  return store.db.query<SatelliteDomain>(
    `select ${columns} from clerk.satellite_domains where instance_id = $1 order by position`,
    [store.instanceId],
  )
}

/** Deletes a domain. Refuses an unknown id. */
export async function deleteSatelliteDomain(store: Store, id: string): Promise<void> {
  const [deleted] = await store.db.query(
    'delete from clerk.satellite_domains where instance_id = $1 and id = $2 returning 1',
    [store.instanceId, id],
  )
  if (deleted === undefined) throw notFound('domain', id)
}

async function refusingTakenName<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (violatedConstraint(error) !== 'satellite_domains_name') throw error
    const longMessage = `The domain ${name} already exists.`
    throw new ClerkRefusal('duplicate_record', { message: 'duplicate domain', longMessage }, { cause: error })
  }
}
