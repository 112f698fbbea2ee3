// One instance at run time: its store, its keys and its settings, which are read again every few seconds,
// because another process may serve the same database.

import { newId } from '../database/ids.ts'
import {
  type ChangeableSettings,
  type InstanceSettings,
  requireSessionClaims,
  type SettingsChange,
  settingsInForce,
} from './instance-settings.ts'
import type { ClerkDatabase } from '../database/database.ts'
import { defaultRoles, putRole } from '../organizations/put-role.ts'
import { type SharedReads, sharedReads } from '../sessions/shared-reads/shared-reads.ts'
import {
  addSigningKey,
  generateSigningKey,
  loadSigningKeys,
  retireSigningKey,
  retireSigningKeys,
  type SigningKey,
} from './signing-keys.ts'
import { ensureSupabaseTemplate } from './supabase-template.ts'
import { type ImageUrlOf, type Store, storeOf } from '../database/store.ts'
import { publishableKeyOf } from '../../tokens/publishable-key.ts'

/** Settings and keys as they were at one moment; the current key is first. */
interface InstanceSnapshot {
  readonly settings: ChangeableSettings
  readonly keys: readonly [SigningKey, ...SigningKey[]]
}

export interface Instance extends SharedReads {
  readonly id: string
  readonly configured: InstanceSettings
  readonly issuer: string
  readonly publishableKey: string
  readonly isDevelopment: boolean
  /** What people know the application by. */
  readonly applicationName: string
  /** Where browsers reach its Frontend API; no slash at the end. */
  readonly frontendApiUrl: () => string
  readonly store: Store
  /** At most `snapshotLifetime` old. */
  readonly snapshot: () => Promise<InstanceSnapshot>
  /** Overlays settings, for good. Refuses session claims that no token may carry. */
  readonly changeSettings: (change: SettingsChange) => Promise<void>
  /** Signs with a new key from now on; the old one stays published until `retireSigningKeys`. Hands back the new `kid`. */
  readonly rotateSigningKey: () => Promise<string>
  readonly retireSigningKeys: () => Promise<void>
  /** Refuses the current key and one that is not there. */
  readonly retireSigningKey: (kid: string) => Promise<void>
  /** Empties the instance and gives it back its roles and template; keys and settings stay. */
  readonly reset: () => Promise<void>
}

/** Tables whose rows do not go with a user or an organization, in an order their foreign keys allow. */
const emptied = [
  'users',
  'organizations',
  'role_sets',
  'jwt_templates',
  'roles',
  'permissions',
  'images',
  'clients',
  'dev_browsers',
  'handshakes',
  'verifications',
  'events',
  'messages',
  'invitations',
  'listed_identifiers',
  'redirect_urls',
  'waitlist_entries',
  'satellite_domains',
  'oauth_applications',
  'external_accounts',
  'fake_grants',
] as const

/** What an instance is told by whoever opens it. */
export interface InstanceSurroundings {
  readonly now: () => number
  /** Read when a request is answered: the port may not be known before. */
  readonly frontendApiUrl: () => string
}

const snapshotLifetime = 5000

/** Opens an instance, making what it lacks: its row, a signing key, the default roles, the Supabase template. */
export async function openInstance(
  database: ClerkDatabase,
  configured: InstanceSettings,
  { now, frontendApiUrl }: InstanceSurroundings,
): Promise<Instance> {
  requireSessionClaims(configured.sessionClaims ?? {})
  const id = await instanceRow(database, configured.name, now())
  const imageUrlOf: ImageUrlOf = (ownerId, imageId) =>
    imageId === null ? `${frontendApiUrl()}/avatars/${ownerId}.svg` : `${frontendApiUrl()}/images/${imageId}`
  const store = storeOf(database, { instanceId: id, now, imageUrlOf })
  await furnish(store, configured)
  const environment = configured.environment ?? 'development'
  let cached: { readonly at: number; readonly snapshot: Promise<InstanceSnapshot> } | null = null
  const forgetting = async <Result>(change: () => Promise<Result>): Promise<Result> => {
    const result = await change()
    cached = null
    return result
  }
  return {
    id,
    configured,
    issuer: `https://${configured.domain}`,
    publishableKey: publishableKeyOf(configured.domain, environment),
    isDevelopment: environment === 'development',
    applicationName: configured.applicationName ?? titleOf(configured.domain),
    frontendApiUrl,
    store,
    snapshot: () => {
      if (cached === null || now() - cached.at > snapshotLifetime) {
        cached = { at: now(), snapshot: readSnapshot({ ...store, db: database.aside }, configured) }
        cached.snapshot.catch(() => {
          cached = null
        })
      }
      return cached.snapshot
    },
    ...sharedReads(store),
    changeSettings: (change) => forgetting(() => writeSettings(store, change)),
    rotateSigningKey: () => forgetting(async () => addSigningKey(store, await generateSigningKey())),
    retireSigningKeys: () => forgetting(() => retireSigningKeys(store)),
    retireSigningKey: (kid) => forgetting(() => retireSigningKey(store, kid)),
    reset: () => forgetting(() => emptyInstance(store, configured)),
  }
}

/** The first label of a domain, as words: `my-tasks.local.…` is `My Tasks`. */
function titleOf(domain: string): string {
  const [name = ''] = domain.split('.')
  return name.replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => ` ${letter.toUpperCase()}`).trim()
}

async function instanceRow(database: ClerkDatabase, name: string, now: number): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `insert into clerk.instances (id, name, created_at, updated_at) values ($1, $2, $3, $3)
     on conflict (name) do update set updated_at = excluded.updated_at returning id`,
    [newId('ins'), name, now],
  )
  if (row === undefined) throw new Error('an upsert returned no row')
  return row.id
}

async function furnish(store: Store, configured: InstanceSettings): Promise<void> {
  const lacksKey = (await loadSigningKeys(store)).length === 0
  const pem = lacksKey ? await generateSigningKey() : null
  await store.atomically(async (inner) => {
    // Two processes that start together agree on who furnishes.
    await inner.db.query('select 1 from clerk.instances where id = $1 for update', [inner.instanceId])
    if (pem !== null && (await loadSigningKeys(inner)).length === 0) await addSigningKey(inner, pem)
    await ensureRoles(inner)
    if (configured.connectedToSupabase === true && configured.supabaseJwtSecret !== undefined) {
      await ensureSupabaseTemplate(inner, configured.supabaseJwtSecret)
    }
  })
}

async function ensureRoles(store: Store): Promise<void> {
  const [any] = await store.db.query('select 1 from clerk.roles where instance_id = $1 limit 1', [store.instanceId])
  if (any !== undefined) return
  for (const role of defaultRoles) await putRole(store, role)
}

async function readSnapshot(store: Store, configured: InstanceSettings): Promise<InstanceSnapshot> {
  const [row] = await store.db.query<{ settings: SettingsChange }>(
    'select settings from clerk.instances where id = $1',
    [store.instanceId],
  )
  const [current, ...previous] = await loadSigningKeys(store)
  if (row === undefined || current === undefined)
    throw new Error(`instance ${configured.name} has lost its row or its key`)
  return { settings: settingsInForce(configured, row.settings), keys: [current, ...previous] }
}

async function writeSettings(store: Store, change: SettingsChange): Promise<void> {
  requireSessionClaims(change.sessionClaims ?? {})
  await store.db.query('update clerk.instances set settings = settings || $2::jsonb, updated_at = $3 where id = $1', [
    store.instanceId,
    JSON.stringify(change),
    store.now(),
  ])
}

async function emptyInstance(store: Store, configured: InstanceSettings): Promise<void> {
  await store.atomically(async (inner) => {
    for (const table of emptied) {
      await inner.db.query(`delete from clerk.${table} where instance_id = $1`, [inner.instanceId])
    }
  })
  await furnish(store, configured)
}
