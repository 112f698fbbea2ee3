// Makes the program of a role: finds the policies that hold for it, reads them, and has Postgres say what types their
// values have. Whatever does not come out well ends in asking Postgres, never in showing more.

import { createHash } from 'node:crypto'

import type { Database, Statement } from '../../../../database/statement.ts'
import { policiesFor } from '../../tables/policies-for.ts'
import type { ColumnFacts, PolicyFacts, RoleFacts, TableFacts } from '../../tables/table-facts.ts'
import { expressionFailure, runAs } from '../asking/run-as.ts'
import type { OnFailure } from '../classes/read-values.ts'
import { readValue, type Value } from '../evaluating/class-values.ts'
import { compileResidual } from '../evaluating/compile-residual.ts'
import { lookupsOf } from '../evaluating/lookup.ts'
import type { Tier } from '../judge.ts'
import type { ValueTypes } from './reading/read-condition.ts'
import { isOpaque, type Residual } from './reading/residual.ts'
import type { ClaimsValue } from './reading/values.ts'
import type { Scope } from '../sql/claims-only.ts'
import { conditionQuestion, rowsStatement, storedRowQuestion } from '../sql/ask-statements.ts'
import { nothingStatement, typesStatement, valuesStatement } from '../sql/value-statements.ts'
import { type ParsedPolicies, parsePolicies, readPolicies } from './read-policies.ts'
import type { PolicyProgram, RoleProgram } from './role-program.ts'

export interface ProgramOptions {
  readonly database: Database
  readonly facts: TableFacts
  readonly roleFacts: RoleFacts
  /** What function names mean. */
  readonly scope: Scope
  readonly onFailure: OnFailure
}

/** Refuses with `postgres.*`, also where the role cannot be taken. The parser must be loaded. */
export async function makeProgram(options: ProgramOptions): Promise<RoleProgram> {
  const { database, facts, roleFacts, scope } = options
  const { role, bypassesRowSecurity, readableColumns } = roleFacts
  await runAs(database, facts, { role, claimsJson: null }, [nothingStatement])
  // Also where no column may be read: the change is then told without its row, and why.
  if (!facts.rowSecurity || bypassesRowSecurity) return { kind: 'everything', role, tier: 'open' }
  if (readableColumns.size === 0) return { kind: 'nothing', role, tier: 'compiled' }
  const policies = policiesFor(facts, roleFacts)
  if (!policies.some(({ isPermissive }) => isPermissive)) return { kind: 'nothing', role, tier: 'compiled' }
  const parsed = parsePolicies(facts, policies)
  if (parsed !== null && canBeAsked(parsed, roleFacts)) {
    const failure = await trial(database, facts, role, conditionQuestion(facts, policies))
    const read = failure === null ? await readProgram(database, parsed, role, scope) : null
    if (read !== null) return read
  }
  const program = byStoredRow(facts, role, policies)
  const failure =
    program.key.length === 0 ? NO_KEY : await trial(database, facts, role, storedRowQuestion(facts, program.key))
  if (failure === null || !FAILS_FOR_ALL.has(failure.sqlstate)) return program
  options.onFailure(
    policies.map(({ name }) => name),
    failure,
  )
  return { kind: 'nothing', role, tier: 'compiled' }
}

/** Insufficient privilege, and an object that is not there: whatever the claims and the row. */
const FAILS_FOR_ALL = new Set(['42501', '42704'])

const NO_KEY = {
  sqlstate: '42704',
  message: 'these policies can be applied to stored rows alone, and without a primary key none is found',
}

/**
 * Puts the question of no row at all: Postgres looks at privileges before it looks at rows, and refuses the whole select
 * for a table that the role may not read or a function that it may not call, even one that no row would come to.
 */
async function trial(
  database: Database,
  facts: TableFacts,
  role: string,
  question: Statement,
): Promise<ReturnType<typeof expressionFailure>> {
  try {
    await runAs(database, facts, { role, claimsJson: null }, [rowsStatement('[]'), question])
    return null
  } catch (thrown) {
    const failure = expressionFailure(thrown)
    if (failure === null) throw thrown
    return failure
  }
}

/** Postgres looks up nothing when it applies a policy; a text that says the same needs the right to enter its schemas. */
function canBeAsked({ references }: ParsedPolicies, { schemas }: RoleFacts): boolean {
  return !references.needsStoredRow && [...references.schemas].every((schema) => schemas.has(schema))
}

async function readProgram(
  database: Database,
  parsed: ParsedPolicies,
  role: string,
  scope: Scope,
): Promise<PolicyProgram | null> {
  const { facts, policies, references } = parsed
  const types = await typesOf(database, facts, role, readPolicies(parsed, scope, null).values)
  if (types === null) return null
  const { conditions, values, readsMoreClaims } = readPolicies(parsed, scope, types)
  const constants = await constantsOf(database, facts, role, values)
  if (constants === null) return null
  const lookups = lookupsOf(conditions, (value) => values[value]?.isConstant === true)
  return {
    kind: 'policies',
    role,
    tier: tierOf(conditions, lookups !== null),
    facts,
    policies,
    values,
    constants,
    tests: conditions.map(compileResidual),
    lookups,
    isByIdentity: readsMoreClaims,
    columns: [...references.columns],
    needsStoredRow: false,
    key: keyOf(facts),
    fingerprint: fingerprintOf(policies, 'given'),
  }
}

function byStoredRow(facts: TableFacts, role: string, policies: readonly PolicyFacts[]): PolicyProgram {
  return {
    kind: 'policies',
    role,
    tier: 'asked',
    facts,
    policies,
    values: [],
    constants: [],
    tests: [compileResidual({ kind: 'opaque' })],
    lookups: null,
    isByIdentity: true,
    columns: [],
    needsStoredRow: true,
    key: keyOf(facts),
    fingerprint: fingerprintOf(policies, 'stored'),
  }
}

function tierOf(conditions: readonly Residual[], isIndexed: boolean): Tier {
  if (conditions.some(isOpaque)) return 'asked'
  return isIndexed ? 'indexed' : 'compiled'
}

/** Null where Postgres does not understand one of the values. */
async function typesOf(
  database: Database,
  facts: TableFacts,
  role: string,
  values: readonly ClaimsValue[],
): Promise<ValueTypes | null> {
  if (values.length === 0) return new Map()
  const expressions = values.map(({ sql }) => sql)
  try {
    const [found] = await runAs(database, facts, { role, claimsJson: null }, [typesStatement(expressions)])
    return new Map(
      expressions.map((text, index) => {
        const [type, element] = found?.rows[index] ?? []
        return [text, { type: Number(type), element: Number(element) }] as const
      }),
    )
  } catch (thrown) {
    if (expressionFailure(thrown) === null) throw thrown
    return null
  }
}

/** In the places of the values, the others null. Null where one of them fails, as Postgres' own planning then does. */
async function constantsOf(
  database: Database,
  facts: TableFacts,
  role: string,
  values: readonly ClaimsValue[],
): Promise<readonly Value[] | null> {
  const constant = values.filter(({ isConstant }) => isConstant)
  if (constant.length === 0) return values.map(() => null)
  try {
    const [found] = await runAs(database, facts, { role, claimsJson: null }, [valuesStatement(constant)])
    const cells = found?.rows[0] ?? []
    return values.map((value) => (value.isConstant ? readValue(value, cells[constant.indexOf(value)] ?? null) : null))
  } catch (thrown) {
    if (expressionFailure(thrown) === null) throw thrown
    return null
  }
}

function keyOf({ primaryKey, columns }: TableFacts): readonly ColumnFacts[] {
  return primaryKey.flatMap((name) => columns.filter((column) => column.name === name))
}

function fingerprintOf(policies: readonly PolicyFacts[], about: 'given' | 'stored'): string {
  const texts = policies.map(({ name, isPermissive, using }) => [name, isPermissive, using])
  return createHash('sha256')
    .update(JSON.stringify([about, texts]))
    .digest('base64url')
}
