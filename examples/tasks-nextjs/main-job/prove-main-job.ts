// The main job as it happens: each caller adds and lists tasks through the official supabase-js, and a
// row of the table says what came of it and whether that is what the policies promise.

import { createClerkClient } from '@clerk/backend'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'

import { type Caller, callersOf } from './callers.ts'
import { assembleCast } from './people.ts'

/** Addresses and keys, by the names `tenon status -o env` prints. */
export type StackVariables = Readonly<Record<string, string | undefined>>

export interface ProofRow {
  readonly who: string
  readonly ownTasks: string
  readonly organizationTasks: string
  readonly addToOrganization: string
  readonly asPromised: boolean
  /** What the server said with its no, and the fix it named. */
  readonly why: string | null
}

interface Answer {
  readonly status: number
  readonly rows: readonly { readonly user_id?: string }[]
  readonly refusal: Refused | null
}

interface Refused {
  readonly status: number
  readonly message: string
  readonly hint: string | null
}

/** Runs the main job against a running stack. Repeatable: people are found again, tasks are added to those of last time. */
export async function proveMainJob(variables: StackVariables): Promise<readonly ProofRow[]> {
  const need = (name: string): string => variables[name] ?? missing(name)
  const clerk = createClerkClient({ secretKey: need('CLERK_SECRET_KEY'), apiUrl: need('CLERK_API_URL') })
  const cast = await assembleCast(clerk)
  const rows: ProofRow[] = []
  for (const caller of callersOf(cast, need('JWT_SECRET'))) {
    const client = createClient(need('API_URL'), need('PUBLISHABLE_KEY'), { accessToken: caller.token })
    rows.push(await tryAs(caller, client))
  }
  return rows
}

async function tryAs(caller: Caller, client: SupabaseClient): Promise<ProofRow> {
  const organization = await add(client, 'organization_tasks', 'Water the office plants')
  await add(client, 'tasks', 'Buy milk')
  const [own, shared] = [await list(client, 'tasks', 'user_id'), await list(client, 'organization_tasks', 'created_by')]
  return {
    who: caller.who,
    ownTasks: describeList(own, caller),
    organizationTasks: describeList(shared, null),
    addToOrganization: organization.refusal === null ? 'added' : `${organization.status}`,
    asPromised: isAsPromised(caller, { own, shared, organization }),
    why: describeRefusal(own.refusal ?? organization.refusal),
  }
}

async function add(client: SupabaseClient, table: string, name: string): Promise<Answer> {
  const { status, error } = await client.from(table).insert({ name })
  return { status, rows: [], refusal: refusalOf(status, error) }
}

async function list(client: SupabaseClient, table: string, owner: string): Promise<Answer> {
  const { status, data, error } = await client.from(table).select(`id, name, user_id:${owner}`).order('id')
  return { status, rows: (data ?? []) as Answer['rows'], refusal: refusalOf(status, error) }
}

function refusalOf(status: number, error: Omit<Refused, 'status'> | null): Refused | null {
  return error === null ? null : { status, message: error.message, hint: error.hint }
}

function describeRefusal(refusal: Refused | null): string | null {
  if (refusal === null) return null
  return refusal.hint === null ? refusal.message : `${refusal.message}. ${refusal.hint}`
}

function describeList(answer: Answer, caller: Caller | null): string {
  if (answer.refusal !== null) return `${answer.status}`
  if (answer.rows.length === 0) return 'none'
  const foreign = caller === null ? 0 : answer.rows.filter((row) => row.user_id !== caller.userId).length
  return foreign === 0 ? count(answer.rows.length) : `${count(answer.rows.length)}, ${foreign} of them not theirs`
}

function count(rows: number): string {
  return rows === 1 ? '1 task' : `${rows} tasks`
}

function isAsPromised(caller: Caller, seen: { own: Answer; shared: Answer; organization: Answer }): boolean {
  const { own, shared, organization } = seen
  const onlyOwn = own.rows.length > 0 && own.rows.every((row) => row.user_id === caller.userId)
  switch (caller.expectation) {
    case 'own rows, adds to the organisation':
      return onlyOwn && shared.rows.length > 0 && organization.status === 201
    case 'own rows, may not add':
      return onlyOwn && shared.rows.length > 0 && organization.status === 403
    case 'no rows':
      return own.status === 200 && shared.status === 200 && own.rows.length + shared.rows.length === 0
    case '401':
      return [own, shared, organization].every((answer) => answer.status === 401 && answer.refusal !== null)
  }
}

function missing(name: string): never {
  throw new Error(`The running stack did not tell its ${name}.`)
}
