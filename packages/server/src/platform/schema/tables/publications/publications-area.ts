// The endpoints of publications: which changes of which tables are announced to whom subscribes.

import { z } from 'zod'

import type { Sql } from '../../../../database/sql.ts'
import { Refusal } from '../../../../refusal/refusal.ts'
import type { PlatformSession } from '../../../database/platform-database.ts'
import { runStatements, scriptOf } from '../../../database/run-statements.ts'
import type { PlatformArea } from '../../../platform-door.ts'
import { name } from '../../../request/names.ts'
import { readBody, readPath } from '../../../request/read-input.ts'
import { impatiently } from '../running/impatiently.ts'
import type { TablesDeps } from '../tables-area.ts'
import { newPublication, publicationChange } from './publication-input.ts'
import { alterPublication, createPublication, dropPublication, listPublications } from './sql/shape-publications.ts'

const path = z.object({ name })

/** `GET` and `POST /publications`, `PATCH` and `DELETE /publications/:name`. Refuses `platform.object-unknown`. */
export function publicationsArea({ database }: TablesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/publications', async () => ({
      publications: await impatiently(database, async (session) => await session.rows(listPublications, [null])),
    }))
    fastify.post('/publications', async (request, reply) => {
      const wanted = readBody(newPublication, request.body)
      reply.code(201)
      return await impatiently(database, async (session) => {
        return await finish(session, [createPublication(wanted)], wanted.name)
      })
    })
    fastify.patch('/publications/:name', async (request) => {
      const at = readPath(path, request.params).name
      const change = readBody(publicationChange, request.body)
      return await impatiently(database, async (session) => {
        await readPublication(session, at)
        return await finish(session, alterPublication(at, change), change.name ?? at)
      })
    })
    fastify.delete('/publications/:name', async (request) => {
      const at = readPath(path, request.params).name
      return await impatiently(database, async (session) => {
        await readPublication(session, at)
        await runStatements(session, [dropPublication(at)])
        return { dropped: { name: at }, sql: scriptOf([dropPublication(at)]) }
      })
    })
  }
}

async function finish(session: PlatformSession, statements: readonly Sql[], at: string) {
  await runStatements(session, statements)
  return { publication: await readPublication(session, at), sql: scriptOf(statements) }
}

async function readPublication(session: PlatformSession, at: string): Promise<object> {
  const [found] = await session.rows(listPublications, [at])
  if (found === undefined) throw new Refusal('platform.object-unknown', { kind: 'publication', id: at })
  return found
}
