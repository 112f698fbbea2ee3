// The grid of Studio's Table Editor on a million rows in Chromium: the first row, scrolling through, the end; beside
// what the pages themselves cost Postgres and one connection. Figures alone: nothing here fails.

import { openStudio, type Studio } from '../../conformance/studio/open-studio.ts'
import type { BenchOptions } from '../rest-read/bench-rest-read.ts'
import { type Conditions, conditions } from '../conditions/conditions.ts'
import { barePages, type BarePages } from './bare-pages.ts'
import { type GridFigures, measureGrid, ROWS } from './measure-grid.ts'

export interface StudioGridReport {
  readonly rows: number
  readonly grid: GridFigures
  readonly bare: BarePages
  readonly conditions: Conditions
}

/** Starts a stack over an empty project, fills a table, and opens it. */
export async function benchStudioGrid({ rounds, progress }: BenchOptions): Promise<StudioGridReport> {
  const studio = await openStudio()
  try {
    progress(`making ${ROWS} rows`)
    await makeTable(studio)
    const [server] = await studio.sql<{ server_version: string }>('show server_version')
    progress('the pages alone')
    const bare = await barePages(studio.stack.line('DB_URL'), rounds)
    const grid = await measureGrid(studio, rounds, progress)
    return { rows: ROWS, grid, bare, conditions: conditions(server?.server_version ?? 'unknown') }
  } finally {
    await studio.close()
  }
}

async function makeTable({ sql }: Studio): Promise<void> {
  await sql(`create table million (
    id bigint primary key, title text not null, author text, amount numeric(12, 2), at timestamptz, done boolean)`)
  await sql(
    `insert into million select id, 'Row number ' || id, 'user_' || id % 1000, id * 1.37,
      timestamptz '2026-01-01' + id * interval '1 minute', id % 3 = 0 from generate_series(1, $1::int) id`,
    [ROWS],
  )
  await sql('vacuum analyze million')
}
