// The mirror's tables: three in the user's schema, to read and to refer to, and its own records in schema
// `clerk_mirror`: which events were applied, and as of when each resource is known.

import { identifier, type Sql, sql } from '../../database/sql.ts'
import type { MirroredKind } from '../change.ts'

const names: Readonly<Record<MirroredKind, string>> = {
  user: 'clerk_users',
  organization: 'clerk_organizations',
  membership: 'clerk_organization_memberships',
}

/** A table of the mirror, quoted, in the schema the user chose. */
export function mirrorTable(schema: string, kind: MirroredKind): Sql {
  return sql`${identifier(schema)}.${identifier(names[kind])}`
}

/** True where the records are there: column `laid`. */
export const isLaid = sql`select to_regclass('clerk_mirror.sources') is not null as laid`

/** Records of the mirror. Nobody but their owner needs them. */
export const layRecords = sql`
create schema if not exists clerk_mirror;
revoke all on schema clerk_mirror from public;
create table if not exists clerk_mirror.events (
  id text primary key,
  applied_at timestamptz not null default now()
);
create table if not exists clerk_mirror.sources (
  kind text not null,
  id text not null,
  source_time bigint not null,
  source_rank integer not null,
  source_event text not null,
  deleted boolean not null,
  seen_at timestamptz not null default now(),
  primary key (kind, id)
)`

/** The schema, where it is not there yet. */
export function laySchema(schema: string): Sql {
  return sql`
create schema if not exists ${identifier(schema)};
grant usage on schema ${identifier(schema)} to authenticated, service_role`
}

/**
 * One table with its policy: signed-in people read what is about themselves, nobody writes. Grants that new tables
 * get by default are taken back, because TRUNCATE asks no policy.
 */
export function layTable(schema: string, kind: MirroredKind): Sql {
  const table = mirrorTable(schema, kind)
  return sql`
create table ${table} (${columns[kind]});
${index(schema, kind)}
alter table ${table} enable row level security;
revoke all on ${table} from public, anon, authenticated;
grant select on ${table} to authenticated;
grant all on ${table} to service_role;
create policy ${identifier(policyNames[kind])} on ${table} for select to authenticated using (${condition(schema, kind)})`
}

const policyNames: Readonly<Record<MirroredKind, string>> = {
  user: 'people see themselves',
  organization: 'members see their organizations',
  membership: 'people see their own memberships',
}

function condition(schema: string, kind: MirroredKind): Sql {
  const subject = sql`(select auth.jwt() ->> 'sub')`
  switch (kind) {
    case 'user':
      return sql`id = ${subject}`
    case 'membership':
      return sql`user_id = ${subject}`
    case 'organization':
      return sql`id in (select organization_id from ${mirrorTable(schema, 'membership')} where user_id = ${subject})`
  }
}

function index(schema: string, kind: MirroredKind): Sql {
  if (kind !== 'membership') return sql``
  const table = mirrorTable(schema, kind)
  return sql`create index on ${table} (user_id); create index on ${table} (organization_id);`
}

const columns: Readonly<Record<MirroredKind, Sql>> = {
  user: sql`
  id text primary key,
  email text,
  phone text,
  username text,
  first_name text,
  last_name text,
  image_url text,
  external_id text,
  public_metadata jsonb not null,
  unsafe_metadata jsonb not null,
  banned boolean not null,
  created_at timestamptz,
  updated_at timestamptz`,
  organization: sql`
  id text primary key,
  name text not null,
  slug text,
  image_url text,
  public_metadata jsonb not null,
  created_at timestamptz,
  updated_at timestamptz`,
  membership: sql`
  id text primary key,
  organization_id text not null,
  user_id text not null,
  role text not null,
  public_metadata jsonb not null,
  created_at timestamptz,
  updated_at timestamptz`,
}
