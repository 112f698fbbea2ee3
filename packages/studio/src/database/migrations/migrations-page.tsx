// Database → Migrations: the files of the project beside what the database has.

import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { useDatabaseAddress } from '../address.ts'
import { usePlatform, usePlatformChange } from '../../api/platform.ts'
import { type Migration, type MigrationListing, timeOf } from './migration.ts'
import { MigrationSheet } from './migration-sheet.tsx'
import { SaveSheet } from './save-sheet.tsx'

export function MigrationsPage() {
  const { panel, id, show, close } = useDatabaseAddress()
  const listing = usePlatform<MigrationListing>('/migrations')
  const apply = usePlatformChange(() => ({ method: 'POST', path: '/migrations/apply' }))
  const { migrations = [], warnings = [] } = listing.data ?? {}
  const pending = migrations.filter(({ state }) => state === 'pending').length
  const create = (
    <Button variant="primary" onClick={() => show({ panel: 'new' })}>
      Save as migration
    </Button>
  )
  const run = (
    <Button
      busy={apply.isPending}
      onClick={() => apply.mutate(undefined, { onSuccess: () => toast.good('The pending migrations were applied.') })}
    >
      {`Apply ${pending} pending`}
    </Button>
  )
  return (
    <Page
      title="Migrations"
      description="The SQL files of supabase/migrations, which make the same database anywhere."
      actions={
        <>
          {pending > 0 && run}
          {create}
        </>
      }
    >
      <RefusalNote error={listing.error ?? apply.error} />
      <Warnings warnings={warnings} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Migrations"
          columns={columnsFor((version) => show({ id: version }))}
          rows={migrations.toReversed()}
          keyOf={({ version, file }) => `${version} ${file}`}
          empty={
            <Empty
              title="There is no migration yet"
              body="Save the SQL that made your tables, so that others and other machines get the same ones."
              action={create}
            />
          }
        />
      )}
      {panel === 'new' && <SaveSheet onClose={close} />}
      {panel === null && id !== null && <MigrationSheet key={id} version={id} onClose={close} />}
    </Page>
  )
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <ul
      role="note"
      aria-label="Warnings"
      className="flex flex-col gap-1 rounded-md border border-line bg-warning-soft p-3 text-sm text-warning"
    >
      {warnings.map((warning) => (
        <li key={warning} className="break-words">
          {warning}
        </li>
      ))}
    </ul>
  )
}

const states = {
  applied: ['good', 'Applied'],
  pending: ['warning', 'Pending'],
  'file-missing': ['danger', 'File is missing'],
} as const

function columnsFor(onOpen: (version: string) => void): readonly Column<Migration>[] {
  return [
    {
      id: 'name',
      head: 'Name',
      cell: ({ version, name }) => (
        <button type="button" className="text-left font-medium break-all underline" onClick={() => onOpen(version)}>
          {name === '' ? version : name}
        </button>
      ),
    },
    {
      id: 'state',
      head: 'State',
      cell: ({ state, problem }) => (
        <span className="flex flex-col items-start gap-1">
          <Badge tone={states[state][0]}>{states[state][1]}</Badge>
          {problem !== null && <span className="text-xs text-quiet">{problem}</span>}
        </span>
      ),
    },
    {
      id: 'version',
      head: 'Version',
      cell: ({ version }) => <code className="font-mono text-xs">{version}</code>,
      from: 'sm',
    },
    { id: 'time', head: 'Made at (UTC)', cell: ({ version }) => timeOf(version), from: 'lg' },
  ]
}
