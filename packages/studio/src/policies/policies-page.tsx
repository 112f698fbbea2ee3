// Authentication → Policies: which rows of which tables people may see and change.

import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { Empty, Loading, Page } from '../ui/display/page.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Input } from '../ui/form/input.tsx'
import { SchemaPicker } from '../ui/form/schema-picker.tsx'
import { PolicyPanel } from './panel/policy-panel.tsx'
import type { ProtectedTable } from './protected-table.ts'
import { usePolicies } from './queries.ts'
import { policiesRoute, type PoliciesSearch } from './routes.tsx'
import { TableCard } from './table-card.tsx'

export function PoliciesPage() {
  const search = policiesRoute.useSearch()
  const navigate = policiesRoute.useNavigate()
  const { schema = 'public' } = search
  const { data, error, isPending } = usePolicies(schema)
  const show = (next: PoliciesSearch) => void navigate({ search: next })
  const closed = { schema, ...(search.panel === undefined && search.table !== undefined && { table: search.table }) }
  return (
    <Page
      title="Policies"
      description="Row Level Security decides which rows each person may see and change."
      actions={
        <Button variant="primary" disabled={data === undefined} onClick={() => show({ schema, panel: 'new' })}>
          Create policy
        </Button>
      }
    >
      <RefusalNote error={error} />
      {isPending && <Loading />}
      {data !== undefined && (
        <Tables search={{ ...search, schema }} tables={data.tables} onShow={show}>
          {search.panel !== undefined && (
            <OpenPanel search={search} schema={schema} {...data} onClose={() => show(closed)} />
          )}
        </Tables>
      )}
    </Page>
  )
}

interface OpenPanelProps {
  readonly search: PoliciesSearch
  readonly schema: string
  readonly tables: readonly ProtectedTable[]
  readonly roles: readonly string[]
  readonly onClose: () => void
}

/** A policy that is not there (any more) opens nothing. */
function OpenPanel({ search, schema, tables, roles, onClose }: OpenPanelProps) {
  const { panel, table = '', policy: name } = search
  const [policy] = useState(
    () => tables.find((each) => each.table === table)?.policies.find((each) => each.name === name) ?? null,
  )
  if (panel === 'edit' && policy === null) return <Empty title={`There is no policy “${name}” on ${table}`} />
  return <PolicyPanel schema={schema} tables={tables} roles={roles} table={table} policy={policy} onClose={onClose} />
}

interface TablesProps {
  readonly search: PoliciesSearch & { readonly schema: string }
  readonly tables: readonly ProtectedTable[]
  readonly onShow: (next: PoliciesSearch) => void
  readonly children: React.ReactNode
}

function Tables({ search, tables, onShow, children }: TablesProps) {
  const { schema } = search
  const [filter, setFilter] = useState(search.panel === undefined ? (search.table ?? '') : '')
  const wanted = filter.trim().toLowerCase()
  const shown = tables.filter(({ table, policies }) =>
    [table, ...policies.map(({ name }) => name)].some((name) => name.toLowerCase().includes(wanted)),
  )
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <SchemaPicker value={schema} onChange={(next) => onShow({ schema: next })} />
        <div className="min-w-48 flex-1">
          <Input
            type="search"
            aria-label="Filter tables and policies"
            placeholder="Filter tables and policies"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
      </div>
      {shown.length === 0 && (
        <Empty
          title={
            tables.length === 0 ? `There are no tables in the schema ${schema}` : 'No table or policy of that name'
          }
          body={tables.length === 0 ? 'Create one in the Table Editor; its policies belong here.' : undefined}
        />
      )}
      {shown.map((table) => (
        <TableCard
          key={table.table}
          table={table}
          onCreate={() => onShow({ schema, table: table.table, panel: 'new' })}
          onEdit={({ name }) => onShow({ schema, table: table.table, panel: 'edit', policy: name })}
        />
      ))}
      {children}
    </>
  )
}
