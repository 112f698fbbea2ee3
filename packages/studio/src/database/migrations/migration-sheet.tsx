// One migration: its file, and what was applied where that is something else.

import { CodeEditor } from '../../ui/code-editor/code-editor.tsx'
import { CopyButton } from '../../ui/display/copy.tsx'
import { Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Sheet } from '../../ui/overlay/panel.tsx'
import { usePlatform } from '../../api/platform.ts'
import type { MigrationText } from './migration.ts'

interface MigrationSheetProps {
  readonly version: string
  readonly onClose: () => void
}

export function MigrationSheet({ version, onClose }: MigrationSheetProps) {
  const read = usePlatform<{ readonly migration: MigrationText }>(`/migrations/${encodeURIComponent(version)}`)
  const migration = read.data?.migration
  const applied = migration?.statements?.map((statement) => `${statement};`).join('\n\n') ?? null
  return (
    <Sheet
      open
      onClose={onClose}
      title={migration?.name || `Migration ${version}`}
      description={migration?.file ?? 'The database has it; the folder does not.'}
    >
      <RefusalNote error={read.error} />
      {read.isPending && <Loading />}
      {migration?.problem && <p className="text-sm text-warning">{migration.problem}</p>}
      {migration !== undefined && migration.text !== null && <Text label="The file" text={migration.text} />}
      {migration !== undefined && applied !== null && (migration.text === null || migration.problem !== null) && (
        <Text label="What was applied" text={applied} />
      )}
    </Sheet>
  )
}

function Text({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-medium">{label}</h3>
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
      <CodeEditor label={label} language="sql" value={text} readOnly />
    </section>
  )
}
