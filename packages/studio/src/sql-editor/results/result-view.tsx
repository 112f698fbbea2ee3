// One statement's result: rows, a plan, or that it was done.

import { PlanView } from '../explain/plan-view.tsx'
import { planTree } from '../explain/plan-tree.ts'
import type { StatementResult } from '../run/run-answer.ts'
import { ResultGrid } from './grid/result-grid.tsx'

export function ResultView({ result }: { readonly result: StatementResult }) {
  const { statement, columns, rows, plan, tag } = result
  const tree = planTree(plan)
  if (tree !== null) {
    return (
      <div className="min-h-0 flex-1 overflow-auto" tabIndex={0} role="region" aria-label="Query plan">
        <PlanView tree={tree} />
      </div>
    )
  }
  if (columns.length > 0 && rows.length > 0) {
    return <ResultGrid key={statement} label={`Rows of statement ${statement}`} columns={columns} rows={rows} />
  }
  return (
    <div role="status" className="p-4 text-sm">
      <p>Success. No rows returned</p>
      {columns.length === 0 && tag !== null && <p className="font-mono text-xs text-quiet">{tag}</p>}
      {columns.length > 0 && (
        <p className="text-xs text-quiet">Columns: {columns.map(({ name }) => name).join(', ')}</p>
      )}
    </div>
  )
}
