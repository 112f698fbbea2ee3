// The vector of an identity: what the policies of its role read of its claims, evaluated by Postgres under both.

import type { Database } from '../../../../database/statement.ts'
import type { Identity } from '../../../../identity/identity.ts'
import { expressionFailure, runAs } from '../asking/run-as.ts'
import { readValue, type Value } from '../evaluating/class-values.ts'
import type { PolicyProgram } from '../programs/role-program.ts'
import type { ClaimsValue } from '../programs/reading/values.ts'
import { valuesStatement } from '../sql/value-statements.ts'

/** Told of an expression that Postgres refuses to evaluate for somebody, who sees nothing for it. */
export type OnFailure = (policies: readonly string[], failure: { sqlstate: string; message: string }) => void

/**
 * Null where one of them cannot be read under these claims, such as `auth.uid()` of an id that is no uuid. Postgres may
 * then refuse any select, as it evaluates such values when it plans; nothing is seen. Refuses with `postgres.*` where
 * Postgres cannot be asked.
 */
export async function readValues(
  database: Database,
  program: PolicyProgram,
  identity: Identity,
  onFailure: OnFailure,
): Promise<readonly Value[] | null> {
  const wanted = program.values.filter(({ isConstant }) => !isConstant)
  const found = await readAll(database, program, identity, wanted, onFailure)
  if (found === null) return null
  return program.values.map((value, place) =>
    value.isConstant ? (program.constants[place] ?? null) : (found[wanted.indexOf(value)] ?? null),
  )
}

/** All in one question; where that fails, each in one of its own, to know whose policy it is. */
async function readAll(
  database: Database,
  program: PolicyProgram,
  identity: Identity,
  wanted: readonly ClaimsValue[],
  onFailure: OnFailure,
): Promise<readonly Value[] | null> {
  if (wanted.length === 0) return []
  const { role, claimsJson } = identity
  try {
    const [read] = await runAs(database, program.facts, { role, claimsJson }, [valuesStatement(wanted)])
    return wanted.map((value, place) => readValue(value, read?.rows[0]?.[place] ?? null))
  } catch (thrown) {
    const failure = expressionFailure(thrown)
    if (failure === null) throw thrown
    const [only, ...others] = wanted
    if (only !== undefined && others.length === 0) onFailure([only.policy], failure)
    else for (const value of wanted) await readAll(database, program, identity, [value], onFailure)
    return null
  }
}
