// The panel in which a policy is written.

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Sheet, SheetCancel } from '../../ui/overlay/panel.tsx'
import type { Policy, ProtectedTable } from '../protected-table.ts'
import { TemplateList } from '../templates/template-list.tsx'
import { Expressions } from './expressions.tsx'
import { PolicyFieldsForm } from './policy-fields.tsx'
import { fieldsOf } from './policy-form.ts'
import { Trial } from './trial.tsx'
import { usePolicyDraft } from './use-policy-draft.ts'

interface PolicyPanelProps {
  readonly schema: string
  readonly tables: readonly ProtectedTable[]
  readonly roles: readonly string[]
  /** The table to begin with; empty where none is chosen yet. */
  readonly table: string
  /** The policy to change; null for a new one. */
  readonly policy: Policy | null
  readonly onClose: () => void
}

/** Open while it is there. */
export function PolicyPanel({ schema, tables, roles, table, policy, onClose }: PolicyPanelProps) {
  const form = usePolicyDraft({ schema, tables, table, policy, onSaved: onClose })
  const { draft, change, submit } = form
  return (
    <Sheet
      open
      onClose={onClose}
      dirty={form.dirty}
      className="sm:w-[min(64rem,100vw)]"
      title={policy === null ? 'Create a new Row Level Security policy' : `Update policy “${policy.name}”`}
      footer={
        <>
          <SheetCancel />
          <Button variant="primary" busy={form.save.isPending} onClick={submit}>
            Save policy
          </Button>
        </>
      }
    >
      <RefusalNote error={form.save.error} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <form
          className="flex min-w-0 flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
          onKeyDown={(event) => {
            // The editors take Ctrl+Enter themselves.
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
            event.preventDefault()
            submit()
          }}
        >
          <PolicyFieldsForm
            draft={draft}
            problems={form.shownProblems}
            tables={tables.map((each) => each.table)}
            roles={roles}
            isNew={policy === null}
            onChange={change}
          />
          <MissingColumn table={draft.table} column={form.missingColumn} />
          <Expressions schema={schema} draft={draft} problems={form.shownProblems} onChange={change} onSave={submit} />
          <Trial
            at={{ schema, table: draft.table }}
            replaces={policy?.name ?? null}
            fields={fieldsOf(draft)}
            disabled={!form.triable}
          />
          {/* Enter submits a form of several fields only where it has such a button. */}
          <button type="submit" hidden aria-hidden tabIndex={-1} />
        </form>
        <TemplateList table={`${schema}.${draft.table}`} onChoose={form.choose} />
      </div>
    </Sheet>
  )
}

function MissingColumn({ table, column }: { readonly table: string; readonly column: string | null }) {
  if (column === null) return null
  return (
    <p role="status" className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
      {table === '' ? 'No table is chosen' : `The table ${table} has no column that fits`}: the template speaks of{' '}
      {column}. Put the right one in its place.
    </p>
  )
}
