// Reads the functions of the project, once for as long as the schema stays as it is.

import type { Database } from '../../../../database/statement.ts'
import { jsonAt, textAt, textOrNullAt } from '../../../../catalog/assemble/cells.ts'
import { type ProjectFunction, scopeOfPolicies } from './reading/project-functions.ts'
import type { Scope } from '../sql/claims-only.ts'
import { functionsStatement } from '../sql/functions-statement.ts'

/** What function names in policies mean as of now. Refuses with `postgres.*`. */
export async function readScope(database: Database, readerRole: string): Promise<Scope> {
  const [functions] = await database.run({
    kind: 'transaction',
    role: readerRole,
    settings: [['search_path', '']],
    readOnly: true,
    statements: [functionsStatement],
    end: 'commit',
  })
  return scopeOfPolicies((functions?.rows ?? []).map(functionOf))
}

function functionOf(cells: readonly (string | null)[]): ProjectFunction {
  return {
    schema: textAt(cells, 0),
    name: textAt(cells, 1),
    parameters: jsonAt<(string | null)[]>(cells, 2, []).filter((name) => name !== null),
    body: textOrNullAt(cells, 3),
  }
}
