// A table as a file, sent while Postgres writes it: the whole is never in memory.

import { once } from 'node:events'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

import { to as copyTo } from 'pg-copy-streams'

import { refuseError } from '../../../database/pipeline/refuse-error.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { chosenColumns, chosenFilters, fullOrder } from '../reading/resolve-names.ts'
import { tellColumn } from '../refusing/tell-column.ts'
import { describeRelation } from '../relation/describe-relation.ts'
import type { ExportRequest } from '../row-requests.ts'
import { filterCondition } from '../sql/filter-sql.ts'
import { literals, parameters } from '../sql/values.ts'
import { checkConditions, copyOut } from './sql/copy-sql.ts'

export interface CsvExport {
  readonly body: Readable
  /** When Postgres is done with it, be it because nobody read on; a body cut short is all that tells of an error. */
  readonly done: Promise<void>
}

/**
 * Begins an export; the first bytes are there, so that whatever Postgres refuses is refused before anything is sent.
 * `cancel` ends the statement under way on this session. Refuses as reading a page does.
 */
export async function exportCsv(
  session: PlatformSession,
  request: ExportRequest,
  cancel: () => Promise<void>,
): Promise<CsvExport> {
  const relation = await describeRelation(session, request.table)
  const columns = chosenColumns(relation, request.columns)
  const filters = chosenFilters(relation, request.filters)
  const writer = parameters()
  const conditions = filters.map((filter) => filterCondition(filter, writer))
  await tellColumn(writer.columns, session.cells(checkConditions(relation, conditions), writer.values))
  const written = filters.map((filter) => filterCondition(filter, literals))
  const order = request.sort.length === 0 ? [] : fullOrder(relation, request.sort)
  const copy = session.client.query(copyTo(copyOut(relation, columns, written, order)))
  await begun(copy, request.as?.role ?? 'postgres')
  const { promise: done, resolve } = Promise.withResolvers<void>()
  return { body: Readable.from(chunksOf(copy, cancel, resolve), { objectMode: false }), done }
}

async function begun(copy: Readable, role: string): Promise<void> {
  try {
    await once(copy, 'readable')
  } catch (error) {
    throw error instanceof Error ? refuseError(error, role) : error
  }
}

/** The connection serves nothing else until the copy has ended; so one that nobody wants any more is ended early. */
async function* chunksOf(copy: Readable, cancel: () => Promise<void>, done: () => void): AsyncGenerator {
  try {
    for await (const chunk of copy.iterator({ destroyOnReturn: false })) yield chunk
  } finally {
    await endEarly(copy, cancel)
    done()
  }
}

async function endEarly(copy: Readable, cancel: () => Promise<void>): Promise<void> {
  if (copy.errored !== null || copy.readableEnded) return
  const over = finished(copy).catch(() => {})
  await cancel()
  copy.resume()
  await over
}
