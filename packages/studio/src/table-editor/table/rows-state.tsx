// Why there is nothing to see: nothing there, filtered away, hidden by policies, or not answered.

import { Link } from '@tanstack/react-router'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { counted } from '../../ui/words/amounts.ts'
import type { Relation } from '../rows/relation.ts'
import type { RowWindow } from '../rows/window/row-window.ts'
import { useOwnersCount } from '../rows/use-owners-count.ts'

interface RowsStateProps {
  readonly rows: RowWindow
  readonly relation: Relation
  readonly viewer: string | null
  readonly filtered: boolean
}

/** A line above the grid where there is something to say. */
export function RowsState({ rows, relation, viewer, filtered }: RowsStateProps) {
  if (rows.error !== null) {
    return (
      <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
        <div className="min-w-0 flex-1">
          <RefusalNote error={rows.error} />
        </div>
        <Button size="sm" onClick={() => rows.retry()}>
          Try again
        </Button>
      </div>
    )
  }
  if (rows.total?.count !== 0) return null
  if (filtered) return <Note>No row meets these filters.</Note>
  if (viewer !== null) return <Hidden relation={relation} viewer={viewer} />
  return <Note>This table is empty.</Note>
}

function Note({ children }: { readonly children: React.ReactNode }) {
  return (
    <p role="status" className="border-b border-line bg-surface px-3 py-2 text-sm text-quiet">
      {children}
    </p>
  )
}

function Hidden({ relation, viewer }: { readonly relation: Relation; readonly viewer: string }) {
  const all = useOwnersCount(relation)
  if (all === null) return null
  if (all.count === 0) return <Note>This table is empty.</Note>
  const number = `${all.exact ? '' : 'about '}${counted(all.count, 'row')}`
  return (
    <Note>
      {viewer} sees 0 of {number}: {relation.rls ? 'RLS decides' : 'the grants decide'}.{' '}
      <Link
        to="/auth/policies"
        search={{ schema: relation.schema, table: relation.name }}
        className="text-brand underline"
      >
        See the policies
      </Link>
    </Note>
  )
}
