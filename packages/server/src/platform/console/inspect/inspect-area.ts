// `POST /query/inspect`: what to ask about before a text is run.

import { z } from 'zod'

import type { PlatformArea } from '../../platform-door.ts'
import { readBody } from '../../request/read-input.ts'
import { LARGEST_SCRIPT } from '../largest-script.ts'
import { inspectScript } from './inspect-script.ts'

const inspectRequest = z.object({ sql: z.string() })

/** Runs nothing. */
export function inspectArea(exposedSchemas: () => readonly string[]): PlatformArea {
  return async (fastify) => {
    fastify.post('/query/inspect', { bodyLimit: LARGEST_SCRIPT }, async (request) => {
      const { sql } = readBody(inspectRequest, request.body)
      return { dangers: inspectScript(sql, exposedSchemas()) }
    })
  }
}
