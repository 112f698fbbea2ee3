// Where a database keeps which of a project's SQL files it has seen: the tables of Supabase's own tool.

import { type ClientBase, DatabaseError } from 'pg'

const tables = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
  alter table supabase_migrations.schema_migrations add column if not exists statements text[];
  alter table supabase_migrations.schema_migrations add column if not exists name text;
  create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null);
`

/** Runs `work` with the tables in place, alone among all processes over this database. */
export async function withMigrationLock<Result>(client: ClientBase, work: () => Promise<Result>): Promise<Result> {
  await client.query("select pg_advisory_lock(hashtext('tenon.migrations'))")
  try {
    await client.query(`set client_min_messages = warning; ${tables} reset client_min_messages`)
    return await work()
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('tenon.migrations'))")
  }
}

/** Whether the error says that a table or its schema is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '42P01' || error.code === '3F000')
}
