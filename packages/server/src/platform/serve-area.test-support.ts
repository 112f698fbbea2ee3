// An area behind the platform door, over a database of its own, for tests that speak to it as Studio does.

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import Fastify from 'fastify'

import { openPlatformDatabase, type PlatformDatabase } from './database/platform-database.ts'
import { type PlatformArea, platformDoor } from './platform-door.ts'

interface Answer {
  readonly status: number
  readonly body: Record<string, never>
}

export interface ServedArea extends AsyncDisposable {
  readonly database: TestDatabase
  /** Sends a request below `/platform/v1`. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer>
}

/** Ends the connections and drops the database when disposed. */
export async function serveArea(
  area: (database: PlatformDatabase, administration: PlatformDatabase) => PlatformArea,
): Promise<ServedArea> {
  const database = await createTestDatabase()
  let isOpen = true
  const [platform, administration] = ['postgres', 'supabase_admin'].map((role) =>
    openPlatformDatabase({
      connection: database.settings(role),
      // Dropping the database may catch a connection that is still saying goodbye.
      onLost: (error) => {
        if (isOpen) throw error
      },
    }),
  ) as [PlatformDatabase, PlatformDatabase]
  const fastify = Fastify()
  await fastify.register(platformDoor([area(platform, administration)]), { prefix: '/platform/v1' })
  return {
    database,
    ask: async (method, path, body) => {
      const answer = await fastify.inject({ method, url: `/platform/v1${path}`, ...(body && { payload: body }) })
      return { status: answer.statusCode, body: answer.json() }
    },
    [Symbol.asyncDispose]: async () => {
      await fastify.close()
      isOpen = false
      await platform.close()
      await administration.close()
      await database.drop()
    },
  }
}
