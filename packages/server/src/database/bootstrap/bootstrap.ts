// Brings a database to the shape of a Supabase project: roles, schemas, grants, helper functions. Applies the
// numbered steps whose text or options changed since they were last applied here, each in its own transaction.
// On a Postgres where privileges are missing it does what it can and says what is lost.

import { createHash } from 'node:crypto'

import { DatabaseError, type ClientBase } from 'pg'

import { Refusal } from '../../refusal/refusal.ts'
import { identifier } from '../sql.ts'
import { type BootstrapStep, type Piece, readBootstrapSteps } from './bootstrap-step.ts'

/** A feature that this database cannot give for want of a privilege, and the SQL that would grant it. */
export interface Degradation {
  readonly feature: string
  readonly missing: string
  readonly grant: string
  /** What Postgres said. */
  readonly reason: string
}

export interface BootstrapOptions {
  /** The cluster is ours alone: the database is handed over to role `postgres`. */
  readonly owned: boolean
  /** Passwords by login role; set only on roles that the bootstrap made. */
  readonly passwords: Readonly<Record<string, string>>
  readonly jwtSecret: string
  /** Seconds. */
  readonly jwtExpiry: number
  /** `[api] auto_expose_new_tables`: whether the API's roles get default privileges in schema public. */
  readonly autoExposeNewTables: boolean
}

export interface BootstrapResult {
  /** Versions of the steps that were applied this time; empty where all were up to date. */
  readonly applied: readonly string[]
  readonly degradations: readonly Degradation[]
}

/** Later steps pass over roles that could not be made, and so are applied again until this one is complete. */
const rolesStep = '01-roles'

/** What a user must administer where another user made the roles. */
const handedOut = [
  'anon',
  'authenticated',
  'service_role',
  'authenticator',
  'supabase_auth_admin',
  'supabase_storage_admin',
  'supabase_realtime_admin',
  'tenon_clerk',
  'postgres',
]

/**
 * Applies what is missing. Idempotent; an up-to-date database costs one query. A step that was degraded is tried
 * again every time. Refuses with `engine.privilege-missing` where nothing can be made at all. `client` should be the cluster's superuser or the database's owner, outside a transaction.
 */
export async function bootstrap(client: ClientBase, options: BootstrapOptions): Promise<BootstrapResult> {
  const steps = await readBootstrapSteps()
  const settings = settingsFor(options)
  const done = await recordedDigests(client)
  const isDone = (step: BootstrapStep): boolean => done.get(step.version) === digestOf(step, settings)
  const rolesAreComplete = steps.some((step) => step.version === rolesStep && isDone(step))
  const pending = steps.filter((step) => !isDone(step) || (!rolesAreComplete && step.version > rolesStep))
  if (pending.length === 0) return { applied: [], degradations: [] }
  await client.query("select pg_advisory_lock(hashtext('tenon.bootstrap'))")
  try {
    const degradations: Degradation[] = []
    for (const step of pending) degradations.push(...(await applyStep(client, step, settings)))
    return { applied: pending.map((step) => step.version), degradations }
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('tenon.bootstrap'))")
  }
}

type Settings = Readonly<Record<string, string>>

function settingsFor(options: BootstrapOptions): Settings {
  return {
    'tenon.owned': options.owned ? 'on' : 'off',
    'tenon.passwords': JSON.stringify(options.passwords),
    'tenon.jwt_secret': options.jwtSecret,
    'tenon.jwt_exp': String(options.jwtExpiry),
    'tenon.auto_expose_new_tables': options.autoExposeNewTables ? 'on' : 'off',
  }
}

/** A step's digest covers the settings that its text mentions, so that another option applies it again. */
function digestOf(step: BootstrapStep, settings: Settings): string {
  const hash = createHash('sha256').update(step.text)
  for (const [name, value] of Object.entries(settings)) {
    if (step.text.includes(name)) hash.update(`\0${name}=${value}`)
  }
  return hash.digest('hex')
}

async function recordedDigests(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  try {
    const { rows } = await client.query<{ version: string; digest: string }>(
      "select version, digest from tenon.bootstrap where degradations = '[]'",
    )
    return new Map(rows.map((row) => [row.version, row.digest]))
  } catch (error) {
    if (error instanceof DatabaseError && (error.code === '42P01' || error.code === '3F000')) return new Map()
    throw error
  }
}

const attemptsAgainstConcurrentChanges = 5

/** Roles belong to the whole cluster, so that another database's bootstrap may change one under us: tried again. */
async function applyStep(client: ClientBase, step: BootstrapStep, settings: Settings): Promise<Degradation[]> {
  for (let attempt = 1; ; attempt++) {
    await client.query('begin')
    try {
      const degradations = await runPieces(client, step, settings)
      await client.query(
        `insert into tenon.bootstrap (version, digest, degradations) values ($1, $2, $3)
         on conflict (version) do update
         set digest = excluded.digest, degradations = excluded.degradations, applied_at = now()`,
        [step.version, digestOf(step, settings), JSON.stringify(degradations)],
      )
      await client.query('commit')
      return degradations
    } catch (error) {
      await client.query('rollback')
      if (error instanceof DatabaseError && error.code === insufficientPrivilege)
        throw await notPermitted(client, error)
      if (attempt === attemptsAgainstConcurrentChanges || !isConcurrentChange(error)) {
        throw new Error(`Bootstrap step ${step.version} failed.`, { cause: error })
      }
    }
  }
}

const insufficientPrivilege = '42501'

/** A step's required pieces make schema `tenon` and tables in it. */
async function notPermitted(client: ClientBase, cause: DatabaseError): Promise<Refusal> {
  const { rows } = await client.query<{ user: string; database: string }>(
    'select current_user as "user", current_database() as database',
  )
  const { user = '', database = '' } = rows[0] ?? {}
  return new Refusal(
    'engine.privilege-missing',
    { user, database, reason: cause.message },
    { fix: `As the database's owner: grant create on database ${identifier(database)} to ${identifier(user)};`, cause },
  )
}

function isConcurrentChange(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false
  const raced = error.code === '23505' || error.code === '42710' || error.code === '40P01'
  return raced || /concurrently (updated|deleted)/.test(error.message)
}

async function runPieces(client: ClientBase, step: BootstrapStep, settings: Settings): Promise<Degradation[]> {
  await client.query(`select set_config(key, value, true) from json_each_text($1)`, [JSON.stringify(settings)])
  const degradations: Degradation[] = []
  for (const piece of step.pieces) {
    if (piece.kind === 'required') await client.query(piece.text)
    else degradations.push(...(await runOptional(client, piece)))
  }
  return degradations
}

async function runOptional(client: ClientBase, piece: Piece): Promise<Degradation[]> {
  await client.query('savepoint piece')
  try {
    if (!(await hasNothingToDo(client, piece))) await client.query(piece.text)
    await client.query('release savepoint piece')
    return []
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConcurrentChange(error)) throw error
    await client.query('rollback to savepoint piece')
    return [{ feature: piece.feature, reason: error.message, ...(await whatIsMissing(client, piece)) }]
  }
}

/** Which of the piece's alternatives would help. */
async function whatIsMissing(client: ClientBase, piece: Piece): Promise<Pick<Degradation, 'missing' | 'grant'>> {
  // Since version 16, CREATEROLE is a power over one's own roles only.
  const { rows } = await client.query<{ user: string; database: string; insufficient: boolean }>(
    `select rolname as "user", current_database() as database,
       rolcreaterole or current_setting('server_version_num')::int >= 160000 as insufficient
     from pg_roles where rolname = current_user`,
  )
  const { user = '', database = '', insufficient = false } = rows[0] ?? {}
  const needs = piece.needs.split(' | ')
  const chosen = insufficient && needs.length > 1 ? 1 : 0
  const grant = (piece.grant.split(' | ')[chosen] ?? '')
    .replaceAll('{user}', identifier(user))
    .replaceAll('{database}', identifier(database))
    .replaceAll('{roles}', handedOut.join(', '))
  return { missing: needs[chosen] ?? '', grant }
}

async function hasNothingToDo(client: ClientBase, piece: Piece): Promise<boolean> {
  if (piece.unless === null) return false
  const { rows } = await client.query<{ holds: boolean | null }>(`select ${piece.unless} as holds`)
  return rows[0]?.holds === true
}
