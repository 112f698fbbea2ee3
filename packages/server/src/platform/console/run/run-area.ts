// `POST /query` and `POST /query/cancel`.

import type { FastifyReply } from 'fastify'
import { z } from 'zod'

import type { ConnectionSettings } from '../../../database/engines/engine.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { readBody } from '../../request/read-input.ts'
import { LARGEST_SCRIPT } from '../largest-script.ts'
import { ConsoleConnection } from './console-connection.ts'
import { planRun } from './plan-run.ts'
import { runRequest } from './run-request.ts'
import type { RunAnswer } from './run-answer.ts'
import { runScript } from './run-script.ts'
import { RunningQueries, type RunningQuery } from './running-queries.ts'

const cancelRequest = z.object({ id: z.string() })

/** `connection` logs in as the database's owner. */
export function runArea(connection: ConnectionSettings): PlatformArea {
  return async (fastify) => {
    const queries = new RunningQueries()
    fastify.post('/query', { bodyLimit: LARGEST_SCRIPT }, async (request, reply) => {
      const asked = readBody(runRequest, request.body)
      const plan = planRun(asked)
      return await queries.during(asked.id, async (query): Promise<RunAnswer> => {
        cancelWhenGone(reply, query, (err) => request.log.warn({ err }, 'a query could not be cancelled'))
        return await onConnection(connection, query, async (opened) => {
          return await runScript({ connection: opened, request: asked, plan, query })
        })
      })
    })
    fastify.post('/query/cancel', async (request) => {
      await queries.cancel(readBody(cancelRequest, request.body).id)
      return { cancelled: true }
    })
  }
}

async function onConnection(
  settings: ConnectionSettings,
  query: RunningQuery,
  work: (connection: ConsoleConnection) => Promise<RunAnswer>,
): Promise<RunAnswer> {
  const connection = await ConsoleConnection.open(settings)
  query.canBeCancelledBy(async () => await connection.cancel())
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** Nobody waits for the answer of a browser that went away. */
function cancelWhenGone(reply: FastifyReply, query: RunningQuery, onFailure: (error: unknown) => void): void {
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) query.cancel().catch(onFailure)
  })
}
