// Why a policy said no, in a sentence for whoever writes the policies or the client. Asked only after a denial; it tells of
// policies by their names and of no row.

import { listPolicies, type PolicyCommand, readPolicies } from '../../../catalog/policies/read-policies.ts'
import { remember } from '../../../catalog/policies/remembered.ts'
import type { Database } from '../../../database/statement.ts'
import type { Identity } from '../../../identity/identity.ts'
import { isRefusal, type RefusalDetails } from '../../../refusal/refusal.ts'
import { grantOnSchema, grantOnTable, grantToServer, letPass } from './sql/grants.ts'

type Asking = Pick<Identity, 'role' | 'subject'>
type Table = 'objects' | 'buckets'

export interface WhyDenied {
  /** Of what Postgres refused to somebody who wanted to do `command`; null where nothing is known. */
  refused(asking: Asking, error: RefusalDetails['postgres.error'], command: PolicyCommand): Promise<string | null>
  /** Of a row that is not there, or not for this caller; null for roles that see everything. */
  hidden(asking: Asking, table: Table): Promise<string | null>
}

interface WhyDeniedParts {
  /** As the owner of the tables. */
  readonly database: Pick<Database, 'run'>
  /** Milliseconds. */
  readonly now: () => number
}

/** Milliseconds; a client that tries again and again asks Postgres no more often. */
const LIFETIME = 2000
const MOST_ANSWERS = 200
/** Passes every policy, where the database has let us make it so. */
const UNBOUND = 'service_role'

export function createWhyDenied({ database, now }: WhyDeniedParts): WhyDenied {
  const known = remember<readonly string[]>(MOST_ANSWERS, now)
  const policiesOn = async (role: string, table: Table, command: PolicyCommand): Promise<readonly string[]> =>
    await known.recall(`${role} ${table} ${command}`, LIFETIME, async () =>
      readPolicies(database, { role, schema: 'storage', table, command }),
    )
  const explain = async (asking: Asking, table: Table, command: PolicyCommand): Promise<string> => {
    const what = `storage.${table} for ${command} to ${asking.role}`
    const names = await policiesOn(asking.role, table, command)
    if (asking.role === UNBOUND) return `Here ${UNBOUND} is bound by policies. Run: ${letPass(UNBOUND)}`
    if (names.length > 0) return `The policies on ${what} do not hold: ${listPolicies(names)}`
    return isNobody(asking)
      ? `Show a session token, or make a policy on ${what}: you asked as anon, without one`
      : `Make a policy on ${what}`
  }
  const replacing = async ({ role }: Asking, commands: readonly PolicyCommand[]): Promise<string> => {
    const missing = []
    for (const command of commands) if ((await policiesOn(role, 'objects', command)).length === 0) missing.push(command)
    return missing.length === 0 ? '' : `. To replace an object takes policies for ${missing.join(' and ')}, too`
  }
  return {
    refused: async (asking, error, command) =>
      await unlessRefused(async () => {
        if (isNoUuid(error, asking.subject)) return OTHER_IDS
        const [, using, table] = violated.exec(error.message) ?? []
        if (error.sqlstate !== '42501' || !isTable(table)) return missingGrant(error, asking.role)
        const failing = using !== undefined && command === 'insert' ? 'update' : command
        const sentence = await explain(asking, table, failing)
        if (table !== 'objects' || asking.role === UNBOUND) return sentence
        if (failing === 'insert') return `${sentence}${await replacing(asking, ['select', 'update'])}`
        return failing === 'select'
          ? `Only what may be seen is replaced. ${sentence}${await replacing(asking, ['update'])}`
          : sentence
      }),
    hidden: async (asking, table) =>
      asking.role === UNBOUND
        ? null
        : await unlessRefused(async () => `If it is there: ${await explain(asking, table, 'select')}`),
  }
}

const OTHER_IDS =
  'auth.uid() is for ids that are UUIDs, and those of Clerk are none. In the policy, compare ' +
  "(select auth.jwt() ->> 'sub') with owner_id, or with a folder of the name"

function isNoUuid({ sqlstate, message }: RefusalDetails['postgres.error'], subject: string | null): boolean {
  return sqlstate === '22P02' && subject !== null && message.includes('uuid') && message.includes(`"${subject}"`)
}

const violated = /^new row violates row-level security policy (?:".+" )?(\(USING expression\) )?for table "(.+)"$/s
const lacking = /^permission denied for (schema|table) (.+)$/s

function missingGrant({ sqlstate, message }: RefusalDetails['postgres.error'], role: string): string | null {
  if (sqlstate === '22023' && /^role ".*" does not exist$/s.test(message))
    return `Create the role ${role}, and run: ${grantToServer(role)}`
  if (message.startsWith('permission denied to set role ')) return `Run: ${grantToServer(role)}`
  const [, kind, name = ''] = lacking.exec(message) ?? []
  if (kind === 'schema' && name === 'storage') return `Run: ${grantOnSchema(role)}`
  if (kind === 'table' && isTable(name)) return `Run: ${grantOnTable(name, role)}`
  return kind === undefined ? null : `A policy or a trigger reads ${name}, which ${role} may not: grant it`
}

function isTable(name: string | undefined): name is Table {
  return name === 'objects' || name === 'buckets'
}

function isNobody({ role, subject }: Asking): boolean {
  return role === 'anon' && subject === null
}

/** A denial stands even where it cannot be explained. */
async function unlessRefused(explain: () => Promise<string | null>): Promise<string | null> {
  try {
    return await explain()
  } catch (thrown) {
    if (isRefusal(thrown)) return null
    throw thrown
  }
}
