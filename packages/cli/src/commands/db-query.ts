// `tenon db query`: SQL as role postgres against the project's database.

import { text as readText } from 'node:stream/consumers'

import { queryProject } from 'tenon'

import { renderRows, type RowsFormat } from '../print/rows.ts'
import { type DatabaseFlags, readPresentProject } from '../project.ts'

interface QueryFlags extends DatabaseFlags {
  readonly output: RowsFormat
}

/** Prints the rows of each statement; a command without rows prints its tag. */
export async function queryDatabase(sql: string | undefined, flags: QueryFlags): Promise<void> {
  const config = readPresentProject(flags, process.cwd())
  const text = sql ?? (await readText(process.stdin))
  if (text.trim() === '')
    throw new Error('There is nothing to run: give the statement in quotes, or on standard input.')
  const results = await queryProject(config, text)
  for (const result of results)
    console.log(result.columns.length === 0 ? result.command : renderRows(result, flags.output))
}
