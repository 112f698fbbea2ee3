// Reads the policies on `realtime.messages` and finds out what they read.

import type { Database, Rows, Statement } from '../../../database/statement.ts'
import { loadParser } from '../../../database/syntax/syntax.ts'
import { knownFunctions } from './known-functions.ts'
import { type Reach, unknownReach } from './reach.ts'
import { reachOfPolicies } from './reach-of-policies.ts'
import { readExpressions, readFunctions, readWatch } from './sql/read-policies.ts'

const statements: readonly Statement[] = [readExpressions, readFunctions, readWatch].map((text) => ({
  kind: 'statement',
  text,
  values: [],
}))

/** As of now. Refuses with `postgres.*`. */
export async function readReach(database: Pick<Database, 'run'>): Promise<Reach> {
  const [expressions, functions, watch] = await database.run({
    kind: 'transaction',
    role: 'none',
    // So that every name but those of pg_catalog is printed with its schema.
    settings: [['search_path', '']],
    readOnly: true,
    statements,
    end: 'commit',
  })
  if (watch?.rows[0]?.[0] !== 't') return unknownReach
  await loadParser()
  const known = knownFunctions(cellsOf(functions).map(([name = '', body = '']) => ({ name, body })))
  return reachOfPolicies(
    cellsOf(expressions).map(([expression = '']) => expression),
    known,
  )
}

function cellsOf(rows: Rows | undefined): readonly (readonly string[])[] {
  return (rows?.rows ?? []).map((cells) => cells.map((cell) => cell ?? ''))
}
