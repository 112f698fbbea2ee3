// Takes a database back to nothing and brings it to the project's state again, while the server goes on serving. The
// people of the identity provider (schema clerk) and the server's own state (schema tenon) are not the project's and
// stay, as hosted ones survive a reset of the database too.

import { type ClientBase, DatabaseError } from 'pg'

import { bootstrap, type BootstrapOptions } from '../../database/bootstrap/bootstrap.ts'
import { identifier } from '../../database/sql.ts'
import { applyMigrations, type MigrationsResult } from './apply-migrations.ts'
import { applyRoles, applySeed, type SeedOptions, type SeedResult } from './apply-seed.ts'

export interface ResetOptions {
  /** The superuser, or the most able user there is. */
  readonly admin: ClientBase
  /** Role `postgres`, which applies the project's files. */
  readonly owner: ClientBase
  readonly bootstrap: BootstrapOptions
  /** The `supabase` folder, and which seed files to run. */
  readonly seed: SeedOptions
  /** Makes what the project's migrations may refer to. */
  readonly beforeMigrations?: (owner: ClientBase) => Promise<unknown>
}

export interface ResetResult {
  readonly migrations: MigrationsResult
  readonly seed: SeedResult
}

/** Refuses with `migration.*` when a file of the project fails; the database then holds what came before it. */
export async function resetDatabase(options: ResetOptions): Promise<ResetResult> {
  await emptyDatabase(options.admin, options.bootstrap.owned)
  await bootstrap(options.admin, options.bootstrap)
  await applyRoles(options.owner, options.seed.folder)
  await options.beforeMigrations?.(options.owner)
  const migrations = await applyMigrations(options.owner, { folder: options.seed.folder })
  const seed = await applySeed(options.owner, options.seed)
  await options.admin.query("notify pgrst, 'reload schema'")
  return { migrations, seed }
}

const keptSchemas = ['clerk', 'tenon', 'extensions', 'information_schema']
const keptExtensions = ['plpgsql', 'pgcrypto', 'uuid-ossp', 'pg_stat_statements']
const lockNotAvailable = '55P03'

/** A session that holds a lock for long is ended; the requests of a running server are over in time. */
async function emptyDatabase(admin: ClientBase, owned: boolean): Promise<void> {
  try {
    await dropEverything(admin, owned)
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== lockNotAvailable) throw error
    await admin.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        and xact_start is not null`)
    await dropEverything(admin, owned)
  }
}

async function dropEverything(admin: ClientBase, owned: boolean): Promise<void> {
  await admin.query("begin; set local lock_timeout = '2s'; set local client_min_messages = warning")
  try {
    for (const statement of await dropStatements(admin)) await admin.query(statement)
    await admin.query('create schema public')
    await admin.query('grant usage on schema public to public')
    await attempt(admin, 'alter schema public owner to pg_database_owner')
    await admin.query('delete from tenon.bootstrap')
    if (owned) await forgetRoles(admin)
    await admin.query('commit')
  } catch (error) {
    await admin.query('rollback')
    throw error
  }
}

/** Event triggers first, so that they do not fire on the rest. */
async function dropStatements(admin: ClientBase): Promise<readonly string[]> {
  const { rows } = await admin.query<{ kind: string; name: string }>(
    `select kind, name from (
       select 1, 'event trigger' as kind, evtname::text as name from pg_event_trigger
         where not exists (select from pg_depend where objid = pg_event_trigger.oid and deptype = 'e')
       union all select 2, 'publication', pubname from pg_publication
       union all select 3, 'extension', extname from pg_extension where not extname = any ($1)
       union all select 4, 'server', srvname from pg_foreign_server
       union all select 5, 'schema', nspname from pg_namespace where nspname !~ '^pg_' and not nspname = any ($2)
     ) as found (rank, kind, name) order by rank, name`,
    [keptExtensions, keptSchemas],
  )
  const { rows: settings } = await admin.query<{ name: string }>('select current_database() as name')
  return [
    ...rows.map(({ kind, name }) => `drop ${kind} if exists ${identifier(name)} cascade`),
    `alter database ${identifier(settings[0]?.name ?? '')} reset all`,
  ]
}

/** In a cluster of our own, roles that migrations made go too, and ours lose the settings that migrations gave them. */
async function forgetRoles(admin: ClientBase): Promise<void> {
  const { rows } = await admin.query<{ name: string; ours: boolean }>(
    `select rolname as name, coalesce(shobj_description(oid, 'pg_authid') = 'made by tenon', false) as ours
     from pg_roles where rolname !~ '^pg_' and oid >= 16384`,
  )
  for (const { name, ours } of rows) {
    if (ours) await admin.query(`alter role ${identifier(name)} reset all`)
    else await attempt(admin, `drop owned by ${identifier(name)} cascade; drop role ${identifier(name)}`)
  }
}

/** Another database of the cluster may still use the role. */
async function attempt(admin: ClientBase, statement: string): Promise<void> {
  await admin.query('savepoint attempt')
  try {
    await admin.query(statement)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await admin.query('rollback to savepoint attempt')
  }
  await admin.query('release savepoint attempt')
}
