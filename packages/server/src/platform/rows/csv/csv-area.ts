// Tables as CSV files, out and in.

import type { Readable } from 'node:stream'

import type { PlatformDatabase, PlatformSession } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { readBody, readQuery } from '../../request/read-input.ts'
import { exportRequest, importQuery } from '../row-requests.ts'
import { exportCsv } from './export-csv.ts'
import { importCsv } from './import-csv.ts'
import { backendPid, cancelBackend } from './sql/copy-sql.ts'

/** `POST /rows/export` and `POST /rows/import?schema=&name=` with the file as the body. */
export function csvArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    // The file is read where it is used, and has no largest size.
    fastify.addContentTypeParser('text/csv', async (_request: unknown, payload: unknown) => payload)
    fastify.post('/rows/import', async ({ query, body }) => {
      const asked = readQuery(importQuery, query)
      const file = body as Readable
      try {
        return await database.transaction(asked.as, async (session) => await importCsv(session, asked, file))
      } finally {
        // A browser that is refused reads the answer only when what it sends is taken.
        file.resume()
      }
    })
    fastify.post('/rows/export', async ({ body }, reply) => {
      const asked = readBody(exportRequest, body)
      await database.transaction(asked.as, async (session) => {
        const csv = await exportCsv(session, asked, await cancelling(database, session))
        reply.header('content-type', 'text/csv; charset=utf-8')
        reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(asked.table.name)}.csv`)
        void reply.send(csv.body)
        await csv.done
      })
      return reply
    })
  }
}

/** What ends the statement under way on `session`, from another connection. */
async function cancelling(database: PlatformDatabase, session: PlatformSession): Promise<() => Promise<void>> {
  const [found] = await session.rows<{ pid: number }>(backendPid)
  return async () => {
    await database.transaction(null, async (other) => await other.cells(cancelBackend, [found?.pid ?? 0]))
  }
}
