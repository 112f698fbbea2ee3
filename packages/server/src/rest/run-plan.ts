// A plan through the database: the statement compiled, its transaction run, its row read, its promises kept.

import type { Catalog } from '../catalog/catalog.ts'
import type { Database, Rows } from '../database/statement.ts'
import type { Identity } from '../identity/identity.ts'
import { isRefusal } from '../refusal/refusal.ts'
import type { RestConfig } from './config.ts'
import type { ApiRequest } from './request/api-request.ts'
import { type AnswerRow, readAnswerRow, readEstimate, readExplained } from './response/answer-row.ts'
import { explainRefusal } from './response/explain-refusal.ts'
import { canBreakPromise, keepPromises } from './response/keep-promises.ts'
import { refusedWork } from './response/refused-work.ts'
import { compile, type CompiledPlan, type RowsPlan } from './sql/compile.ts'
import { transactionFor } from './sql/transaction.ts'

export type PlanResult =
  | { readonly kind: 'row'; readonly row: AnswerRow }
  | { readonly kind: 'explained'; readonly text: string }

interface Planned {
  readonly request: ApiRequest
  readonly identity: Identity
  readonly catalog: Catalog
}

interface RunDeps {
  readonly database: Database
  readonly config: RestConfig
}

const compiledPlans = new WeakMap<RowsPlan, CompiledPlan>()

/** Compiles a plan once, as a remembered one comes again. */
function compiled(plan: RowsPlan): CompiledPlan {
  const known = compiledPlans.get(plan)
  if (known !== undefined) return known
  const made = compile(plan)
  compiledPlans.set(plan, made)
  return made
}

/** Refuses what Postgres refuses (`postgres.*`) and what `keepPromises` does. */
export async function runPlan(planned: Planned, plan: RowsPlan, { database, config }: RunDeps): Promise<PlanResult> {
  const { request, identity, catalog } = planned
  const { main, estimate } = compiled(plan)
  const work = {
    statements: estimate === null ? [main] : [main, estimate],
    readOnly: plan.kind === 'read' || (plan.kind === 'call' && plan.readOnly),
    routine: plan.kind === 'call' ? plan.routine : null,
  }
  const transaction = transactionFor(work, { request, identity, catalog, config })
  const first = config.preRequest === null ? 0 : 1
  const read = (results: readonly Rows[]): PlanResult => readResult(results.slice(first), request, plan)
  try {
    if (canBreakPromise(request, plan)) return await database.runThen(transaction, read)
    return read(await database.run(transaction))
  } catch (thrown) {
    throw config.explains && isRefusal(thrown) ? explainRefusal(thrown, refusedWork(plan, catalog)) : thrown
  }
}

function readResult([main, estimate]: readonly Rows[], request: ApiRequest, plan: RowsPlan): PlanResult {
  if (main === undefined) throw new TypeError('the main statement gave no result')
  if (plan.answer.explain !== null) return { kind: 'explained', text: readExplained(main) }
  const row = readAnswerRow(main)
  keepPromises(row, request, plan)
  return {
    kind: 'row',
    row: estimate === undefined ? row : { ...row, total: totalOf(row, readEstimate(estimate), plan) },
  }
}

/** A planned count is the guess; an estimated one is exact as far as `maxRows`, and the greater of both beyond. */
function totalOf({ total }: AnswerRow, guess: number, { count, maxRows }: RowsPlan): number | null {
  if (count === 'planned' || total === null) return guess
  return maxRows === null || total > maxRows ? Math.max(total, guess) : total
}
