// The tables and views of a schema, with a search, and whether policies guard them.

import { Link } from '@tanstack/react-router'
import { Eye, ShieldAlert, ShieldCheck, Table2 } from 'lucide-react'
import { useState } from 'react'

import { Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Input } from '../../ui/form/input.tsx'
import type { RelationHead } from '../rows/relation.ts'
import { useRelations } from '../rows/use-rows.ts'

const LINK =
  'flex items-center gap-2 rounded-md px-2 py-1.5 text-sm text-quiet hover:bg-sunken hover:text-text data-[status=active]:bg-brand-soft data-[status=active]:font-medium data-[status=active]:text-brand-strong'

export function TableList({ schema }: { readonly schema: string }) {
  const [search, setSearch] = useState('')
  const relations = useRelations(schema)
  if (relations.isPending) return <Loading />
  if (relations.isError) return <RefusalNote error={relations.error} />
  const found = relations.data.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <>
      <Input
        type="search"
        aria-label="Search tables"
        placeholder="Search tables"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <nav aria-label={`Tables of ${schema}`} className="flex flex-col gap-0.5">
        {found.map((relation) => (
          <TableLink key={relation.name} relation={relation} />
        ))}
      </nav>
      {found.length === 0 && (
        <p className="px-2 text-sm text-quiet">
          {relations.data.length === 0 ? `Schema ${schema} has no tables yet.` : 'No table of that name.'}
        </p>
      )}
    </>
  )
}

function TableLink({ relation }: { readonly relation: RelationHead }) {
  const { schema, name, kind } = relation
  const isTable = kind === 'table' || kind === 'partitioned'
  const Icon = isTable ? Table2 : Eye
  return (
    <Link
      to="/table-editor/$schema/$table"
      params={{ schema, table: name }}
      search={{}}
      activeOptions={{ includeSearch: false }}
      title={relation.comment ?? undefined}
      className={LINK}
    >
      <Icon className="size-4 shrink-0" aria-label={isTable ? 'Table' : 'View'} />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {isTable && <RlsMark rls={relation.rls} />}
    </Link>
  )
}

function RlsMark({ rls }: { readonly rls: boolean }) {
  if (rls) return <ShieldCheck className="size-4 shrink-0 text-good" aria-label="RLS enabled" />
  return <ShieldAlert className="size-4 shrink-0 text-warning" aria-label="RLS disabled" />
}
