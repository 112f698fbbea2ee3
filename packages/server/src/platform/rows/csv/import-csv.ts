// A file into a table: all of it or nothing, read while it arrives.

import type { Readable } from 'node:stream'

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { describeRelation } from '../relation/describe-relation.ts'
import type { ImportQuery } from '../row-requests.ts'
import { copyFile } from './copy-file.ts'
import { insertFile } from './insert-file.ts'
import { mapColumns } from './map-columns.ts'
import { readHeader } from './read-header.ts'

/**
 * The first line names the columns. An empty field is NULL, an empty field in quotes is the empty text. Refuses
 * `platform.csv-header`, `platform.csv-refused` (with the line), `platform.rows-unnamed`, `postgres.*`.
 */
export async function importCsv(
  session: PlatformSession,
  query: ImportQuery,
  file: Readable,
): Promise<{ readonly imported: number }> {
  const { schema, name, delimiter } = query
  const relation = await describeRelation(session, query)
  if (relation.kind !== 'table' && relation.kind !== 'partitioned') {
    throw new Refusal('platform.rows-unnamed', { schema, name, kind: relation.kind })
  }
  const headed = await readHeader(file, delimiter)
  const fields = mapColumns(relation, headed.header, query.columns)
  const columns = fields.filter((column) => column !== null)
  const asItIs = query.as === null && columns.length === fields.length
  const imported = asItIs
    ? await copyFile(session, relation, columns, headed, delimiter)
    : await insertFile(session, relation, fields, headed, delimiter)
  return { imported }
}
