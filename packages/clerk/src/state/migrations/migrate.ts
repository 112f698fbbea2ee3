// Brings schema `clerk` up to date. Each version runs once, in the transaction that records it; processes
// that start together take turns.

import type { ClerkDatabase, Queryable } from '../database/database.ts'
import { firstTables } from './0001-first-tables.ts'
import { browsers } from './0002-browsers.ts'
import { organizationEntries } from './0003-organizations.ts'
import { deliveries } from './0004-deliveries.ts'
import { administration } from './0005-administration.ts'
import { signIns } from './0006-sign-ins.ts'
import { profileTables } from './0007-profiles.ts'
import { federation } from './0008-federation.ts'
import { namedAddresses } from './0009-named-addresses.ts'
import { chosenAtSignIn } from './0010-chosen-at-sign-in.ts'

/** Versions in order. A published one is never edited; a change is a new entry. */
const versions: readonly string[] = [
  firstTables,
  browsers,
  organizationEntries,
  deliveries,
  administration,
  signIns,
  profileTables,
  federation,
  namedAddresses,
  chosenAtSignIn,
]

/** Any constant; all processes of this package agree on it. */
const migrationLock = 5_432_554_325

/** Applies what is missing. Needs schema `clerk` to exist and belong to the connecting role, or the right to create it. */
export async function migrate(database: ClerkDatabase): Promise<void> {
  await database.transaction(async (db) => {
    await db.query('select pg_advisory_xact_lock($1)', [migrationLock])
    await ensureLedger(db)
    const [row] = await db.query<{ version: number }>(
      'select coalesce(max(version), 0) as version from clerk.schema_versions',
    )
    const applied = row?.version ?? 0
    for (const [index, text] of versions.slice(applied).entries()) {
      await db.query(text)
      await db.query('insert into clerk.schema_versions (version) values ($1)', [applied + index + 1])
    }
  })
}

async function ensureLedger(db: Queryable): Promise<void> {
  // CREATE SCHEMA asks for a right on the database even when IF NOT EXISTS has nothing to do.
  const [schema] = await db.query(`select 1 from pg_namespace where nspname = 'clerk'`)
  if (schema === undefined) await db.query('create schema clerk')
  await db.query(`create table if not exists clerk.schema_versions (
    version integer primary key,
    applied_at timestamptz not null default now()
  )`)
}
