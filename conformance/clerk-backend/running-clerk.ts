// A running identity provider for the tests of this folder, and the unmodified @clerk/backend as its client.

import { type ClerkClient, createClerkClient, type User } from '@clerk/backend'
import { type ClerkAPIResponseError, isClerkAPIResponseError } from '@clerk/backend/errors'

import {
  type ClerkOptions,
  type RunningClerk,
  type RunningInstance,
  startClerk,
} from '../../packages/clerk/src/index.ts'
import { setup } from '../../packages/testing/src/start-test-postgres.ts'
import { createTestDatabase, type TestDatabase } from '../../packages/testing/src/template-database.ts'

/** The provider, its database, and what tests ask of both. */
export interface TestClerk {
  readonly running: RunningClerk
  readonly instance: RunningInstance
  readonly client: ClerkClient
  readonly database: TestDatabase
  /** A bare request with the secret key; the body is sent as JSON. */
  send(method: string, path: string, body?: unknown): Promise<Response>
  /** A new user with an address of her own. */
  somebody(more?: object): Promise<User>
  /** Bodies of the events recorded so far, the oldest first. */
  events(): Promise<readonly { readonly type: string; readonly data: Record<string, unknown> }[]>
  /** Messages recorded so far, the oldest first. */
  messages(): Promise<readonly RecordedMessage[]>
  stop(): Promise<void>
}

export interface RecordedMessage {
  readonly slug: string
  readonly recipient: string
  readonly data: Readonly<Record<string, string>>
}

/** The instance of a provider that is told of no others. */
export const testInstance = {
  name: 'default',
  domain: 'admin.local.clerk.accounts.dev',
  secretKey: 'sk_test_admin_instance',
} as const

/** Starts a provider on a database of its own. */
export async function startTestClerk(options: Partial<ClerkOptions> = {}): Promise<TestClerk> {
  const stopPostgres = await setup()
  const database = await createTestDatabase()
  const running = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [testInstance],
    ...options,
  })
  const instance = running.instance()
  const { secretKey, backendApiUrl: apiUrl } = instance
  const client = createClerkClient({ secretKey, apiUrl, telemetry: { disabled: true } })
  let people = 0
  const rows = async (text: string) => (await database.query(text, 'supabase_admin')) as unknown
  return {
    running,
    instance,
    client,
    database,
    send: (method, path, body) => {
      const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
      return fetch(`${apiUrl}/v1${path}`, init)
    },
    somebody: (more = {}) =>
      client.users.createUser({ emailAddress: [`person-${(people += 1)}@example.com`], ...more }),
    events: async () =>
      ((await rows('select body from clerk.events order by position')) as { body: EventBody }[]).map(
        ({ body }) => body,
      ),
    messages: async () =>
      (await rows('select slug, recipient, data from clerk.messages order by position')) as RecordedMessage[],
    stop: async () => {
      await running.stop()
      await database.drop()
      await stopPostgres()
    },
  }
}

interface EventBody {
  readonly type: string
  readonly data: Record<string, unknown>
}

/** What the SDK makes of a refusal. Fails where the call was not refused. */
export async function refusalOf(call: Promise<unknown>): Promise<ClerkAPIResponseError> {
  const thrown = await call.then(
    () => new Error('the call was not refused'),
    (error: unknown) => error,
  )
  if (!isClerkAPIResponseError(thrown)) throw thrown
  return thrown
}

/** Status and first code of a refusal. */
export async function codeOf(call: Promise<unknown>): Promise<readonly [status: number, code: string | undefined]> {
  const { status, errors } = await refusalOf(call)
  return [status, errors[0]?.code]
}
