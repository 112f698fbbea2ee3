// A provider with people signed in on browsers of their own, for the tests of what they may do there.

import { createTestDatabase, type TestDatabase } from '../../../testing/src/template-database.ts'
import { openSession } from '../directory/sessions/open-session.ts'
import { type RunningClerk, startClerk } from '../start-clerk.ts'
import { insertClient } from '../state/sessions/clients.ts'
import { type ClerkDatabase, openDatabase } from '../state/database/database.ts'
import type { InstanceSettings } from '../state/instance/instance-settings.ts'
import { type Store, storeOf } from '../state/database/store.ts'

const secretKey = 'sk_test_signed_in_instance'

/** What a browser was answered. `response` and `client` are of the envelope, `errors` of a refusal. */
export interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
  /** `body.response`. */
  readonly response: Record<string, unknown>
  /** The code of the first error. */
  readonly code: string | undefined
}

export interface AskOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly form?: Readonly<Record<string, string>>
  /** A body that is no form. */
  readonly body?: FormData | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** A browser that is signed in. */
export interface Browser {
  readonly userId: string
  readonly sessionId: string
  ask(path: string, options?: AskOptions): Promise<Answered>
  post(path: string, form?: Readonly<Record<string, string>>): Promise<Answered>
  /** Opens an address of the provider, and says where it leads. */
  follow(path: string): Promise<string | null>
}

/** The provider, its clock, and the people at it. */
export interface SignedInProvider {
  readonly clerk: RunningClerk
  readonly database: TestDatabase
  readonly store: Store
  /** Lets minutes pass. */
  pass(minutes: number): void
  backend(method: string, path: string, body?: object): Promise<Record<string, unknown>>
  /** A new user who is signed in, with what the Backend API is told of her. */
  signedIn(user: object): Promise<Browser>
  /** Another browser on which a user is signed in. */
  openFor(userId: string): Promise<Browser>
  /** The types of the events that `work` recorded. */
  eventsOf(work: () => Promise<unknown>): Promise<readonly string[]>
  /** What the newest message to a recipient was made of, with its slug. */
  lastMessage(recipient: string): Promise<Record<string, unknown> | undefined>
  stop(): Promise<void>
}

/** Starts a provider with one instance. */
export async function startSignedIn(settings: Partial<InstanceSettings> = {}): Promise<SignedInProvider> {
  const database = await createTestDatabase()
  let clock = Date.now()
  const now = (): number => clock
  const domain = 'profile.local.clerk.accounts.dev'
  const instance = { name: 'default', domain, secretKey, ...settings }
  const clerk = await startClerk({ databaseUrl: database.url('tenon_clerk'), port: 0, instances: [instance], now })
  const own = openDatabase(database.url('tenon_clerk'), () => undefined)
  const store = storeOf(own, { instanceId: clerk.instance().id, now, imageUrlOf: (id) => id })
  const openFor = (userId: string): Promise<Browser> => openBrowser(clerk, store, userId)
  const backend = (method: string, path: string, body?: object) => askBackend(clerk, method, path, body)
  return {
    clerk,
    database,
    store,
    backend,
    openFor,
    pass: (minutes) => {
      clock += minutes * 60_000
    },
    signedIn: async (user) => {
      const created = await backend('POST', '/users', user)
      if (typeof created['id'] !== 'string') throw new Error(JSON.stringify(created))
      return await openFor(created['id'])
    },
    eventsOf: (work) => eventsOf(own, work),
    lastMessage: (recipient) => lastMessage(own, recipient),
    stop: async () => {
      await clerk.stop()
      await own.close()
      await database.drop()
    },
  }
}

async function openBrowser(clerk: RunningClerk, store: Store, userId: string): Promise<Browser> {
  const { client, token } = await insertClient(store)
  const sessionId = await openSession(store, { userId, activeOrganizationId: null, clientId: client.id })
  const cookie = `__client=${token}`
  const ask = async (path: string, options: AskOptions = {}): Promise<Answered> => {
    const { method = 'GET', form, body = form === undefined ? undefined : new URLSearchParams(form) } = options
    const answer = await fetch(
      `${clerk.url}/v1${path}${path.includes('?') ? '&' : '?'}_clerk_session_id=${sessionId}`,
      {
        method,
        headers: { cookie, origin: 'http://localhost:3000', ...options.headers },
        ...(body !== undefined && { body }),
      },
    )
    return answered(answer.status, (await answer.json()) as Record<string, unknown>)
  }
  return {
    userId,
    sessionId,
    ask,
    post: (path, form = {}) => ask(path, { method: 'POST', form }),
    follow: async (path) =>
      (await fetch(`${clerk.url}${path}`, { redirect: 'manual', headers: { cookie } })).headers.get('location'),
  }
}

function answered(status: number, body: Record<string, unknown>): Answered {
  const errors = (body['errors'] ?? []) as { readonly code: string }[]
  return { status, body, response: (body['response'] ?? {}) as Record<string, unknown>, code: errors[0]?.code }
}

async function askBackend(
  clerk: RunningClerk,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)
  return (await answer.json()) as Record<string, unknown>
}

async function eventsOf(own: ClerkDatabase, work: () => Promise<unknown>): Promise<readonly string[]> {
  const last = async (): Promise<number> =>
    (await own.query<{ position: number }>('select coalesce(max(position), 0) as position from clerk.events'))[0]
      ?.position ?? 0
  const before = await last()
  await work()
  const rows = await own.query<{ type: string }>(
    'select type from clerk.events where position > $1 order by position',
    [before],
  )
  return rows.map(({ type }) => type)
}

async function lastMessage(own: ClerkDatabase, recipient: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await own.query<{ slug: string; data: Record<string, unknown> }>(
    'select slug, data from clerk.messages where recipient = $1 order by position desc limit 1',
    [recipient],
  )
  return row === undefined ? undefined : { slug: row.slug, ...row.data }
}
