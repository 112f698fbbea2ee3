// A REST door over a database of the test's own: requests written as a method and an address, answers as values.

import { createTestDatabase, type TestDatabase } from '@tenon/testing'

import type { Catalog } from '../catalog/catalog.ts'
import { type CatalogScope, readCatalog } from '../catalog/read-catalog.ts'
import { openDatabase, type OpenDatabase } from '../database/pipeline/open-database.ts'
import type { Identity } from '../identity/identity.ts'
import type { RestConfig } from './config.ts'
import { createRestDoor } from './handle.ts'
import { testConfig, web } from './plan/ask.test-support.ts'

export interface Answer {
  readonly status: number
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown
  readonly text: string
  readonly headers: Headers
}

export interface Sent {
  /** Role and subject of the caller. */
  readonly as?: readonly [role: string, sub: string]
  readonly prefer?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Anything but text is sent as JSON. */
  readonly body?: unknown
  readonly config?: Partial<RestConfig>
}

export interface TestDoor {
  /** Sends a request; ada is asking unless told otherwise. Changes are not kept unless the configuration says so. */
  send(line: string, sent?: Sent): Promise<Answer>
  readonly made: TestDatabase
  readonly database: OpenDatabase
  /** Reads the catalog again. */
  reload(): Promise<void>
  close(): Promise<void>
}

function identity(role: string, sub: string): Identity {
  const claims = { sub, role }
  const claimsJson = JSON.stringify(claims)
  return { kind: 'identity', role, claims, claimsJson, issuer: null, subject: sub, via: 'token', expiresAt: null }
}

/** `poolSize` 1 makes all requests share a connection. A fault fails the test that caused it. */
export async function openTestDoor(fixture: string, given: Partial<RestConfig>, poolSize = 2): Promise<TestDoor> {
  const made = await createTestDatabase()
  await made.query(fixture)
  const database = openDatabase({ url: made.url('authenticator'), size: poolSize })
  const config: RestConfig = { ...testConfig, transactionOverride: true, transactionEnd: 'rollback', ...given }
  const { schemas, extraSearchPath } = config
  const scope: CatalogScope = {
    schemas,
    extraSearchPath,
    authenticatorRole: 'authenticator',
    hoistedSettings: ['statement_timeout', 'default_transaction_isolation'],
  }
  const read = (version: number): Promise<Catalog> => readCatalog((work) => database.run(work), scope, version)
  let catalog = await read(1)
  return {
    made,
    database,
    reload: async () => {
      catalog = await read(catalog.version + 1)
    },
    close: async () => {
      await database.close()
      await made.drop()
    },
    send: async (line, sent = {}) => {
      const [role, sub] = sent.as ?? ['authenticated', 'ada']
      const door = createRestDoor({
        identify: () => Promise.resolve(identity(role, sub)),
        catalog: { current: () => catalog },
        database,
        config: { ...config, ...sent.config },
        now: () => performance.now(),
        report: (fault) => {
          throw fault.cause
        },
      })
      const body = sent.body === undefined ? '' : typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body)
      const headers = { ...sent.headers, ...(sent.prefer === undefined ? {} : { prefer: sent.prefer }) }
      const response = await door(web(line, { headers, body }))
      const text = response.body.toString()
      return {
        status: response.status,
        text,
        body: parsed(text),
        headers: new Headers(response.headers.map(([name, value]) => [name, value])),
      }
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
