// The way to each table and function.

import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Input } from '../../ui/form/input.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import { apiDocsRoute, type ApiDocsSearch } from '../routes.tsx'
import type { DescribedFunction } from '../snippets/described.ts'

interface ContentsProps {
  readonly schema: string
  readonly tables: readonly { readonly name: string }[]
  readonly functions: readonly DescribedFunction[]
}

export function Contents({ schema, tables, functions }: ContentsProps) {
  const { lang } = apiDocsRoute.useSearch()
  const navigate = apiDocsRoute.useNavigate()
  const [filter, setFilter] = useState('')
  const kept: ApiDocsSearch = { ...(schema !== 'public' && { schema }), ...(lang !== undefined && { lang }) }
  const wanted = (name: string) => name.toLowerCase().includes(filter.trim().toLowerCase())
  return (
    <nav aria-label="API Docs" className="flex flex-col gap-3 lg:w-60 lg:shrink-0">
      <SchemaPicker value={schema} onChange={(next) => void navigate({ search: { ...kept, schema: next } })} />
      <Input
        type="search"
        aria-label="Filter tables and functions"
        placeholder="Filter tables and functions"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <Entries label="Start" entries={[{ key: 'introduction', name: 'Introduction', search: kept }]} />
      <Entries
        label="Tables and views"
        entries={tables
          .filter(({ name }) => wanted(name))
          .map(({ name }) => ({ key: name, name, search: { ...kept, table: name } }))}
      />
      <Entries
        label="Functions"
        entries={functions
          .filter(({ name, kind }) => kind === 'function' && wanted(name))
          .map(({ name, oid }) => ({ key: String(oid), name, search: { ...kept, function: oid } }))}
      />
    </nav>
  )
}

interface EntriesProps {
  readonly label: string
  readonly entries: readonly { readonly key: string; readonly name: string; readonly search: ApiDocsSearch }[]
}

function Entries({ label, entries }: EntriesProps) {
  return (
    <section aria-label={label}>
      <h2 className="px-2 py-1 text-xs font-medium text-quiet">{label}</h2>
      <ul className="flex max-h-32 flex-col overflow-y-auto lg:max-h-none">
        {entries.map(({ key, name, search }) => (
          <li key={key}>
            <Link
              to="/api-docs"
              search={search}
              activeOptions={{ exact: true, includeSearch: true }}
              className="block truncate rounded-md px-2 py-1 text-sm hover:bg-sunken data-[status=active]:bg-brand-soft data-[status=active]:font-medium data-[status=active]:text-brand-strong"
            >
              {name}
            </Link>
          </li>
        ))}
        {entries.length === 0 && <li className="px-2 py-1 text-sm text-quiet">None</li>}
      </ul>
    </section>
  )
}
