// A platform door over a database of its own, as a test asks it.

import { createTestDatabase } from '@tenon/testing'
import fastify from 'fastify'

import type { ConnectionSettings } from '../../../database/engines/engine.ts'
import { openPlatformDatabase } from '../../database/platform-database.ts'
import { platformDoor } from '../../platform-door.ts'
import { tablesArea } from './tables-area.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface Answered {
  readonly status: number
  // A test says what it expects of the body; nothing else reads it.
  readonly body: Readonly<Record<string, unknown>>
}

export interface TestPlatform {
  ask(method: Method, path: string, body?: object): Promise<Answered>
  /** As role `postgres`. */
  query(text: string): Promise<Record<string, unknown>[]>
  settings(): ConnectionSettings
  close(): Promise<void>
}

export async function openTestPlatform(): Promise<TestPlatform> {
  const made = await createTestDatabase()
  const database = openPlatformDatabase({ connection: made.settings('postgres'), onLost: () => {} })
  const server = fastify()
  await server.register(platformDoor([tablesArea({ database, exposedSchemas: () => ['public'] })]))
  return {
    ask: async (method, url, body) => {
      const answer = await server.inject({ method, url, ...(body !== undefined && { payload: body }) })
      return { status: answer.statusCode, body: answer.json() }
    },
    query: async (text) => await made.query(text),
    settings: () => made.settings(),
    close: async () => {
      await server.close()
      await database.close()
      await made.drop()
    },
  }
}
