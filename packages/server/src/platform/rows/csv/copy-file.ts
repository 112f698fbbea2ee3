// A file as it is into a table, the quick way: Postgres itself reads it.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { DatabaseError } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

import { refuseError } from '../../../database/pipeline/refuse-error.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import type { Column, Relation } from '../relation/relation.ts'
import type { HeadedFile } from './read-header.ts'
import { copyIn, type Delimiter } from './sql/copy-sql.ts'

/** The number of rows. Refuses `platform.csv-refused` with line and column, `postgres.*`. */
export async function copyFile(
  session: PlatformSession,
  relation: Relation,
  columns: readonly Column[],
  file: HeadedFile,
  delimiter: Delimiter,
): Promise<number> {
  const copy = session.client.query(copyFrom(copyIn(relation, columns, delimiter)))
  try {
    await pipeline(Readable.from(file.chunks()), copy)
  } catch (error) {
    throw error instanceof DatabaseError ? withPlace(error, relation) : error
  }
  return copy.rowCount ?? 0
}

/** The context says `COPY <table>, line 3, column price: "x"`; before the file is read it says nothing. */
function withPlace(error: DatabaseError, relation: Relation): Refusal {
  const place = (error.where ?? '').slice(`COPY ${relation.name}`.length)
  const line = /^\D*(\d+)/.exec(place)?.[1]
  if (line === undefined) return refuseError(error, 'postgres')
  const column = relation.columns.find(({ name }) => place.includes(` ${name}:`) || place.endsWith(` ${name}`))?.name
  return new Refusal('platform.csv-refused', {
    line: Number(line),
    column: column ?? error.column ?? null,
    message: error.message,
    detail: error.detail ?? null,
  })
}
