// A policy tried and not kept: whether Postgres takes it, and what each of some people would see of the table.

import type { PlatformDatabase, PlatformSession } from '../../database/platform-database.ts'
import { runStatements } from '../../database/run-statements.ts'
import { becomeSql } from '../../database/sql/begin-as.ts'
import type { RunAs } from '../../request/run-as.ts'
import { isRefusal } from '../../../refusal/refusal.ts'
import { type PolicyTrial, requireFittingClauses } from './policy-input.ts'
import { requirePolicy } from './read-policies.ts'
import { createPolicySql, dropPolicySql, rowSecuritySql } from './sql/policy-ddl.ts'
import { countVisibleSql, savepointSql, trialLimitsSql } from './sql/trial-sql.ts'

/** Counting stops here. */
const MOST_ROWS = 1000
/** Milliseconds that the views of one side may take together: with the policy made, the table is locked. */
const PATIENCE = 3000

/** What somebody sees of a table: a number of rows, of which there may be more, or why the question has no answer. */
type Seen = { readonly rows: number; readonly more: boolean } | { readonly problem: string }

interface View {
  readonly role: string
  readonly claims: Readonly<Record<string, unknown>> | null
  readonly before: Seen
  readonly after: Seen
}

interface Trial {
  /** The expressions as Postgres understood them. */
  readonly using: string | null
  readonly check: string | null
  readonly sql: string
  /** How many rows the owner sees. */
  readonly total: Seen
  readonly views: readonly View[]
}

/**
 * Makes the policy, enables row security, looks through each identity's eyes before and after, and undoes it all.
 * Refuses `platform.policy-clauses`, `platform.expression-invalid`, `platform.policy-unknown`, `postgres.*`.
 */
export async function tryPolicy(database: PlatformDatabase, trial: PolicyTrial): Promise<Trial> {
  requireFittingClauses(trial)
  const statements = createPolicySql(trial, trial)
  return await database.transaction(null, async (session) => {
    await session.rows(trialLimitsSql)
    await session.rows(savepointSql.trial)
    const total = await seenBy(session, trial, null)
    const before = await seenByEach(session, trial)
    if (trial.replaces !== null) {
      await requirePolicy(session, trial, trial.replaces)
      await session.execute(dropPolicySql(trial, trial.replaces))
    }
    await runStatements(session, statements)
    await runStatements(session, rowSecuritySql(trial, { enabled: true, forced: null }))
    const { using, check } = await requirePolicy(session, trial, trial.name)
    const after = await seenByEach(session, trial)
    await session.rows(savepointSql.undoTrial)
    const views = trial.identities.map((identity, index) => ({
      ...identity,
      before: before[index] ?? unseen,
      after: after[index] ?? unseen,
    }))
    return { using, check, sql: statements.map((statement) => `${statement};`).join('\n'), total, views }
  })
}

const unseen: Seen = { problem: 'not asked: those before took too long' }

async function seenByEach(session: PlatformSession, trial: PolicyTrial): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  const until = performance.now() + PATIENCE
  for (const identity of trial.identities) {
    seen.push(performance.now() < until ? await seenBy(session, trial, identity) : unseen)
  }
  return seen
}

/** An error, such as a cast of an id that is no UUID, ends this view alone. */
async function seenBy(session: PlatformSession, table: PolicyTrial, identity: RunAs): Promise<Seen> {
  await session.rows(savepointSql.view)
  try {
    if (identity !== null) await session.rows(becomeSql(identity))
    const [counted] = await session.rows<{ readonly rows: number }>(countVisibleSql(table), [MOST_ROWS + 1])
    const rows = counted?.rows ?? 0
    return { rows: Math.min(rows, MOST_ROWS), more: rows > MOST_ROWS }
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'postgres.error') throw thrown
    return { problem: thrown.detail.message }
  } finally {
    await session.rows(savepointSql.undoView)
  }
}
