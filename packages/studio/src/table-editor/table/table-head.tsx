// The name of the table, how it is guarded, and whose eyes it is seen with.

import { Link } from '@tanstack/react-router'
import { ChevronLeft, ShieldAlert, ShieldCheck } from 'lucide-react'

import { Badge } from '../../ui/display/badge.tsx'
import { counted } from '../../ui/words/amounts.ts'
import { ViewAsPicker } from '../../view-as/view-as-picker.tsx'
import type { Relation } from '../rows/relation.ts'

interface TableHeadProps {
  readonly schema: string
  readonly name: string
  readonly relation: Relation | null
}

export function TableHead({ schema, name, relation }: TableHeadProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-3 py-2">
      <Link to="/table-editor" search={{ schema }} className="rounded text-quiet md:hidden" aria-label="All tables">
        <ChevronLeft className="size-5" aria-hidden />
      </Link>
      <h1 className="max-w-full truncate font-semibold">{name}</h1>
      {relation !== null && <Guard relation={relation} />}
      <div className="ml-auto max-w-full">
        <ViewAsPicker />
      </div>
    </header>
  )
}

/** Leads to the policies of the table. */
function Guard({ relation }: { readonly relation: Relation }) {
  const { schema, name, kind, rls, policies } = relation
  if (kind !== 'table' && kind !== 'partitioned') return <Badge>{kind === 'foreign' ? 'foreign table' : kind}</Badge>
  return (
    <Link to="/auth/policies" search={{ schema, table: name }} className="rounded">
      <Badge tone={rls ? 'good' : 'warning'}>
        {rls ? <ShieldCheck className="size-3.5" aria-hidden /> : <ShieldAlert className="size-3.5" aria-hidden />}
        {rls ? `RLS enabled · ${counted(policies, 'policy', 'policies')}` : 'RLS disabled'}
      </Badge>
    </Link>
  )
}
