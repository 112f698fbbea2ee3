// Transactions in somebody's name: the role, the claims, and the search path that the policies were printed under.

import type { Database, Rows, Statement, Transaction } from '../../../../database/statement.ts'
import { isRefusal } from '../../../../refusal/refusal.ts'
import type { TableFacts } from '../../tables/table-facts.ts'

/** Milliseconds after which an expression is given up; changes wait behind it. */
const PATIENCE = '5000'
/** Milliseconds after which a lock is: that is no fault of the expression, which can be asked again. */
const PATIENCE_FOR_LOCKS = '4000'
const MOST_TRIES = 3

export interface InTheNameOf {
  readonly role: string
  /** Null where the statements put claims in force themselves, or are about nobody in particular. */
  readonly claimsJson: string | null
}

/** Refuses with `postgres.*`. */
export async function runAs(
  database: Database,
  facts: TableFacts,
  who: InTheNameOf,
  statements: readonly Statement[],
): Promise<readonly Rows[]> {
  const transaction = transactionAs(facts, who, statements)
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.run(transaction)
    } catch (thrown) {
      if (tries === MOST_TRIES || !isInTheWay(thrown)) throw thrown
    }
  }
}

/** Another transaction's doing: a deadlock, a lock that was not given back in time. */
function isInTheWay(thrown: unknown): boolean {
  return isRefusal(thrown) && thrown.code === 'postgres.error' && /^(?:40|55P03)/u.test(thrown.detail.sqlstate)
}

function transactionAs(
  { searchPath }: TableFacts,
  { role, claimsJson }: InTheNameOf,
  statements: readonly Statement[],
): Transaction {
  return {
    kind: 'transaction',
    role,
    settingsBeforeRole: [
      ['search_path', searchPath],
      ['statement_timeout', PATIENCE],
      // A plan may hold what a function declared IMMUTABLE made of the claims it was planned under.
      ['plan_cache_mode', 'force_custom_plan'],
      ['lock_timeout', PATIENCE_FOR_LOCKS],
    ],
    // Never nothing: what an earlier transaction set leaves an empty text behind, which is no JSON.
    settings: [['request.jwt.claims', claimsJson ?? JSON.stringify({ role })]],
    readOnly: true,
    statements,
    end: 'commit',
  }
}

/** SQLSTATEs that tell of the server, the connection or others' transactions, and nothing of the expression. */
const notOfExpression = /^(?:08|40|53|55|57P|58|XX)/u

/** Why Postgres would not evaluate an expression; null where it could not be asked at all. */
export function expressionFailure(thrown: unknown): { readonly sqlstate: string; readonly message: string } | null {
  if (!isRefusal(thrown) || thrown.code !== 'postgres.error') return null
  return notOfExpression.test(thrown.detail.sqlstate) ? null : thrown.detail
}
