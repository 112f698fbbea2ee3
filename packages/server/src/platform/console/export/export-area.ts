// `POST /query/export`: every row of one query, however many, as a file.

import { Readable } from 'node:stream'

import { z } from 'zod'

import type { Sql } from '../../../database/sql.ts'
import type { PlatformDatabase, PlatformSession } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { readBody } from '../../request/read-input.ts'
import { type RunAs, runAs } from '../../request/run-as.ts'
import { textOf } from '../../request/text.ts'
import { type ExportFormat, exportFormats } from './format-rows.ts'
import { declareCursor, fetchPage, readOnly } from './sql/export-statements.ts'

const exportRequest = z.object({
  sql: textOf('SQL'),
  as: runAs,
  format: z.enum(['csv', 'json']),
})

/** One page is in memory at a time, and the next is read when the caller has taken it. Only reads. */
export function exportArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.post('/query/export', async (request, reply) => {
      const { sql, as, format } = readBody(exportRequest, request.body)
      const { mediaType } = exportFormats[format]
      const pages = exportPages(database, as, sql, exportFormats[format])
      // What Postgres refuses, it refuses here, while there still can be another status.
      const first = await pages.next()
      return reply.type(mediaType).send(Readable.from(withFirst(first, pages)))
    })
  }
}

type Pages = AsyncGenerator<string, void>

async function* withFirst(first: IteratorResult<string, void>, rest: Pages): Pages {
  if (first.done !== true) yield first.value
  yield* rest
}

/** The transaction lives as long as pages are taken. */
async function* exportPages(database: PlatformDatabase, as: RunAs, query: string, format: ExportFormat): Pages {
  const { readable, writable } = new TransformStream<string, string>(undefined, { highWaterMark: 1 })
  const writer = writable.getWriter()
  const written = database
    .transaction(
      as,
      async (session) => await writePages(session, query, format, async (page) => await writer.write(page)),
    )
    .then(
      async () => await writer.close(),
      async (error: unknown) => await writer.abort(error),
    )
    // Whoever went away has closed it before.
    .catch(() => {})
  yield* readable
  await written
}

async function writePages(
  session: PlatformSession,
  query: string,
  format: ExportFormat,
  write: (page: string) => Promise<void>,
): Promise<void> {
  await session.execute(readOnly)
  // The one statement that Postgres accepts here is the person's own.
  await session.execute(declareCursor(query.replace(/;\s*$/, '') as Sql))
  for (let isFirst = true; ; isFirst = false) {
    const { columns, rows } = await session.cells(fetchPage)
    if (isFirst) await write(format.begin(columns))
    await write(format.page(columns, rows, isFirst))
    if (rows.length === 0) break
  }
  await write(format.end)
}
