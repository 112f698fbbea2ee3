// A provider, and browsers that go through sign-ups and sign-ins at it as the SDK does: each keeps its dev browser,
// posts forms, and reads what is sent to people.

import { createTestDatabase, type TestDatabase } from '../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../start-clerk.ts'
import type { InstanceSettings } from '../state/instance/instance-settings.ts'

const secretKey = 'sk_test_browser_instance'

type Form = Readonly<Record<string, string>>
type Resource = Record<string, unknown>

/** What a browser was answered. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: Resource
  /** `body.response`. */
  readonly response: Resource
  /** The client beside it, or beside a refusal. */
  readonly client: Resource
  /** The first error. */
  readonly error: Resource
  /** Its code. */
  readonly code: string | undefined
}

export interface Browser {
  readonly devBrowser: string
  get(path: string): Promise<Answered>
  post(path: string, form?: Form): Promise<Answered>
  patch(path: string, form?: Form): Promise<Answered>
  /** Follows an address without following where it leads: the `Location`. */
  open(url: string): Promise<URL>
}

export interface Provider {
  readonly clerk: RunningClerk
  readonly database: TestDatabase
  /** The provider's clock. */
  now(): number
  /** Lets minutes pass. */
  pass(minutes: number): void
  browser(): Promise<Browser>
  backend(method: string, path: string, body?: object): Promise<Resource>
  /** What the messages to a recipient were made of, the oldest first. */
  messagesTo(recipient: string): Promise<readonly Record<string, string>[]>
  /** The code in the newest one. */
  codeSentTo(recipient: string): Promise<string>
  /** Types of the recorded events, the oldest first. */
  eventTypes(): Promise<readonly string[]>
  stop(): Promise<void>
}

/** Starts a provider with one instance of the given settings. */
export async function startProvider(settings: Partial<InstanceSettings> = {}): Promise<Provider> {
  const database = await createTestDatabase()
  let clock = Date.now()
  const clerk = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain: 'browser.local.clerk.accounts.dev', secretKey, ...settings }],
    now: () => clock,
  })
  const messagesTo = async (recipient: string): Promise<readonly Record<string, string>[]> => {
    const rows = await database.query(
      `select data from clerk.messages where recipient = '${recipient}' order by position`,
      'supabase_admin',
    )
    return rows.map((row) => (row as { data: Record<string, string> }).data)
  }
  return {
    clerk,
    database,
    now: () => clock,
    pass: (minutes) => {
      clock += minutes * 60_000
    },
    browser: () => openBrowser(clerk),
    backend: (method, path, body) => askBackend(clerk, method, path, body),
    messagesTo,
    codeSentTo: async (recipient) => String((await messagesTo(recipient)).at(-1)?.['otp_code']),
    eventTypes: async () => {
      const rows = await database.query('select type from clerk.events order by position', 'supabase_admin')
      return rows.map((row) => (row as { type: string }).type)
    },
    stop: async () => {
      await clerk.stop()
      await database.drop()
    },
  }
}

async function openBrowser(clerk: RunningClerk): Promise<Browser> {
  const origin = 'http://localhost:3000'
  const made = await fetch(`${clerk.url}/v1/dev_browser`, { method: 'POST', headers: { origin } })
  const devBrowser = String(((await made.json()) as Resource)['id'])
  const ask = async (method: string, path: string, form?: Form): Promise<Answered> => {
    const url = new URL(`${clerk.url}/v1${path}`)
    url.searchParams.set('__clerk_db_jwt', devBrowser)
    if (method === 'PATCH') url.searchParams.set('_method', 'PATCH')
    const body = form === undefined ? {} : { body: new URLSearchParams(form) }
    const init = { method: method === 'GET' ? 'GET' : 'POST', headers: { origin }, ...body }
    const answer = await fetch(url, init)
    return answered(answer, (await answer.json()) as Resource)
  }
  return {
    devBrowser,
    get: (path) => ask('GET', path),
    post: (path, form = {}) => ask('POST', path, form),
    patch: (path, form = {}) => ask('PATCH', path, form),
    open: async (address) => {
      const url = new URL(address)
      url.searchParams.set('__clerk_db_jwt', devBrowser)
      const answer = await fetch(url, { redirect: 'manual' })
      const location = answer.headers.get('location')
      if (location === null) throw new Error(`${answer.status}: ${await answer.text()}`)
      return new URL(location)
    },
  }
}

function answered(answer: Response, body: Resource): Answered {
  const [error = {}] = (body['errors'] ?? []) as Resource[]
  const meta = (body['meta'] ?? {}) as Resource
  return {
    status: answer.status,
    headers: answer.headers,
    body,
    response: (body['response'] ?? {}) as Resource,
    client: (body['client'] ?? meta['client'] ?? {}) as Resource,
    error,
    code: error['code'] as string | undefined,
  }
}

async function askBackend(clerk: RunningClerk, method: string, path: string, body?: object): Promise<Resource> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)
  return (await answer.json()) as Resource
}
