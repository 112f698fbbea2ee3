// The rows endpoints over a database of the test's own.

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import Fastify, { type FastifyInstance } from 'fastify'

import { openPlatformDatabase } from '../database/platform-database.ts'
import { platformDoor } from '../platform-door.ts'
import { rowsArea } from './rows-area.ts'

export interface RowsDoor {
  /** POSTs to `/rows/<path>`; the answer's status and parsed body. */
  ask(path: string, body: object): Promise<{ readonly status: number; readonly body: Answered }>
  readonly server: FastifyInstance
  readonly made: TestDatabase
  close(): Promise<void>
}

/** Whatever an endpoint answers; a test says what it expects of it. */
export type Answered = Readonly<Record<string, unknown>>

export async function openRowsDoor(fixture: string): Promise<RowsDoor> {
  const made = await createTestDatabase()
  await made.query(fixture)
  const database = openPlatformDatabase({ connection: made.settings(), onLost: () => {} })
  const server = Fastify()
  await server.register(platformDoor([rowsArea(database)]))
  return {
    server,
    made,
    ask: async (path, body) => {
      const response = await server.inject({ method: 'POST', url: `/rows/${path}`, payload: body })
      return { status: response.statusCode, body: response.json<Answered>() }
    },
    close: async () => {
      await server.close()
      await database.close()
      await made.drop()
    },
  }
}

/** Ada, signed in. */
export const ada = { role: 'authenticated', claims: { sub: 'ada' } }
