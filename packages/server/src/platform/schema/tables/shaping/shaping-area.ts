// The endpoints that make, change, copy and remove tables.

import type { QualifiedName, Sql } from '../../../../database/sql.ts'
import type { PlatformSession } from '../../../database/platform-database.ts'
import { runStatements, scriptOf } from '../../../database/run-statements.ts'
import type { PlatformArea } from '../../../platform-door.ts'
import { qualifiedName } from '../../../request/names.ts'
import { dropWish } from '../../../request/objects.ts'
import { readBody, readPath, readQuery } from '../../../request/read-input.ts'
import { readTable } from '../reading/read-table.ts'
import { impatiently } from '../running/impatiently.ts'
import type { TablesDeps } from '../tables-area.ts'
import { noticesOf } from '../running/notices.ts'
import { planChange, planNewTable } from './shape-table.ts'
import { dropTable, duplicateTable } from './sql/other-statements.ts'
import { newTable, tableChange, tableCopy } from './table-input.ts'

/** `POST /tables`, `PATCH` and `DELETE /tables/:schema/:name`, `POST /tables/:schema/:name/duplicate`. */
export function shapingArea({ database, exposedSchemas }: TablesDeps): PlatformArea {
  const finish = async (session: PlatformSession, statements: readonly Sql[], preview: boolean, at: QualifiedName) => {
    const script = scriptOf(statements)
    if (preview) return { sql: script }
    await runStatements(session, statements)
    return { table: await readTable(session, at, exposedSchemas()), sql: script }
  }
  return async (fastify) => {
    fastify.post('/tables', async (request, reply) => {
      const table = readBody(newTable, request.body)
      if (!table.preview) reply.code(201)
      return await impatiently(database, async (session) => {
        return await finish(session, await planNewTable(session, table), table.preview, table)
      })
    })
    fastify.patch('/tables/:schema/:name', async (request) => {
      const at = readPath(qualifiedName, request.params)
      const change = readBody(tableChange, request.body)
      const now = { schema: change.schema ?? at.schema, name: change.name ?? at.name }
      return await impatiently(database, async (session) => {
        return await finish(session, await planChange(session, at, change), change.preview, now)
      })
    })
    fastify.post('/tables/:schema/:name/duplicate', async (request, reply) => {
      const at = readPath(qualifiedName, request.params)
      const { schema = at.schema, name: copied, rows, preview } = readBody(tableCopy, request.body)
      const copy = { schema, name: copied }
      if (!preview) reply.code(201)
      return await impatiently(database, async (session) => {
        const table = await readTable(session, at, [])
        return await finish(session, duplicateTable(table, copy, rows), preview, copy)
      })
    })
    fastify.delete('/tables/:schema/:name', async (request) => {
      const at = readPath(qualifiedName, request.params)
      const { cascade } = readQuery(dropWish, request.query)
      return await impatiently(database, async (session) => await removeTable(session, at, cascade))
    })
  }
}

/** What depends on it is refused by Postgres with a list (2BP01), or goes along and is told in `cascaded`. */
async function removeTable(session: PlatformSession, at: QualifiedName, cascade: boolean) {
  const { kind } = await readTable(session, at, [])
  const statements = [dropTable({ ...at, kind }, cascade)]
  const notices = await noticesOf(session, async () => await runStatements(session, statements))
  return { dropped: at, cascaded: notices, sql: scriptOf(statements) }
}
