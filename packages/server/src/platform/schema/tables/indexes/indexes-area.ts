// The endpoints of indexes.

import { z } from 'zod'

import { Refusal } from '../../../../refusal/refusal.ts'
import type { PlatformDatabase, PlatformSession } from '../../../database/platform-database.ts'
import { runStatements, scriptOf } from '../../../database/run-statements.ts'
import type { PlatformArea } from '../../../platform-door.ts'
import { name, qualifiedName } from '../../../request/names.ts'
import { queryFlag } from '../../../request/query-flag.ts'
import { readBody, readPath, readQuery } from '../../../request/read-input.ts'
import type { TableIndex } from '../reading/table.ts'
import { alone, impatiently } from '../running/impatiently.ts'
import type { TablesDeps } from '../tables-area.ts'
import { newIndex } from './index-input.ts'
import { indexName } from './index-name.ts'
import { listIndexes } from './sql/list-indexes.ts'
import { createIndex, dropIndex, dropRemains, findIndex } from './sql/shape-indexes.ts'

const listInput = z.object({ schema: name.optional(), table: name.optional() })
const dropInput = z.object({ concurrently: queryFlag })

/** `GET` and `POST /indexes`, `DELETE /indexes/:schema/:name`. Refuses `platform.object-unknown`. */
export function indexesArea({ database }: TablesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/indexes', async (request) => {
      const { schema = null, table = null } = readQuery(listInput, request.query)
      return {
        indexes: await impatiently(database, async (session) => await session.rows(listIndexes, [schema, table])),
      }
    })
    fastify.post('/indexes', async (request, reply) => {
      const wanted = readBody(newIndex, request.body)
      const called = indexName(wanted)
      const statement = createIndex(wanted, called)
      if (wanted.preview) return { sql: scriptOf([statement]) }
      const at = { schema: wanted.schema, name: called }
      if (wanted.concurrently) await buildBesides(database, { ...at, table: wanted.table }, statement)
      else await impatiently(database, async (session) => await runStatements(session, [statement]))
      reply.code(201)
      const index = await impatiently(
        database,
        async (session) => await readIndex(session, at.schema, wanted.table, called),
      )
      return { index, sql: scriptOf([statement]) }
    })
    fastify.delete('/indexes/:schema/:name', async (request) => {
      const at = readPath(qualifiedName, request.params)
      const { concurrently } = readQuery(dropInput, request.query)
      const statement = dropIndex(at, concurrently)
      await impatiently(database, async (session) => await tableOf(session, at))
      if (concurrently) await alone(database, statement)
      else await impatiently(database, async (session) => await runStatements(session, [statement]))
      return { dropped: at, sql: scriptOf([statement]) }
    })
  }
}

/** A build that fails leaves an index that is never used and still kept up to date; it goes again. */
async function buildBesides(
  database: PlatformDatabase,
  at: { readonly schema: string; readonly name: string; readonly table: string },
  statement: ReturnType<typeof createIndex>,
): Promise<void> {
  // One that was there before is nobody's remains.
  const there = await impatiently(database, async (session) => await session.rows(findIndex, [at.schema, at.name]))
  try {
    await alone(database, statement)
  } catch (error) {
    if (there.length === 0) await alone(database, dropRemains(at))
    throw error
  }
}

async function tableOf(session: PlatformSession, at: { schema: string; name: string }): Promise<string> {
  const [found] = await session.rows<{ table: string }>(findIndex, [at.schema, at.name])
  if (found === undefined)
    throw new Refusal('platform.object-unknown', { kind: 'index', id: `${at.schema}.${at.name}` })
  return found.table
}

async function readIndex(session: PlatformSession, schema: string, table: string, called: string) {
  const indexes = await session.rows<TableIndex>(listIndexes, [schema, table])
  return indexes.find((index) => index.name === called) ?? null
}
