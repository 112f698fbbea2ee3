// The SQL console: running what a person types, and what an editor needs for it.

import type { ConnectionSettings } from '../../database/engines/engine.ts'
import type { PlatformArea } from '../platform-door.ts'
import { runArea } from './run/run-area.ts'

interface ConsoleDeps {
  /** Logs in as the database's owner. */
  readonly connection: ConnectionSettings
}

/** Everything below `/query`. */
export function consoleArea({ connection }: ConsoleDeps): PlatformArea {
  return async (fastify) => {
    await fastify.register(runArea(connection))
  }
}
