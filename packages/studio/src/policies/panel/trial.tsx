// What a policy would change for some people, before it is saved.

import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/display/data-table.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import type { PolicyFields } from '../protected-table.ts'
import { type Seen, useTrial } from '../queries.ts'
import { type NamedIdentity, useTrialIdentities } from './trial-identities.ts'

interface TrialProps {
  readonly at: { readonly schema: string; readonly table: string }
  /** The policy this one would stand in for. */
  readonly replaces: string | null
  readonly fields: PolicyFields
  readonly disabled: boolean
}

/** A button that tries the policy, and who sees how many rows without and with it. */
export function Trial({ at, replaces, fields, disabled }: TrialProps) {
  const identities = useTrialIdentities()
  const trial = useTrial()
  const run = () =>
    trial.mutate({
      ...at,
      ...fields,
      replaces,
      name: fields.name === '' ? 'tried' : fields.name,
      identities: identities.map(({ role, claims }) => ({ role, claims })),
    })
  const asked = trial.variables?.identities.length ?? 0
  const views = trial.data?.views.map((view, index) => ({ ...view, label: labelOf(identities, index) })) ?? []
  return (
    <section aria-label="Who would see what" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={trial.isPending} disabled={disabled} onClick={run}>
          Check who would see what
        </Button>
        <p className="text-xs text-quiet">Tries the policy with RLS enabled, and keeps nothing.</p>
      </div>
      <RefusalNote error={trial.error} />
      {trial.data !== undefined && asked > 0 && (
        <>
          <DataTable
            label="Rows that each would see"
            rows={views}
            keyOf={({ label }) => label}
            empty={null}
            columns={[
              { id: 'who', head: 'Who', cell: ({ label }) => label },
              { id: 'before', head: 'Sees now', cell: ({ before }) => <Count seen={before} /> },
              { id: 'after', head: 'With this policy', cell: ({ after }) => <Count seen={after} /> },
            ]}
          />
          <p className="text-xs text-quiet">
            The table has <Count seen={trial.data.total} />.
          </p>
        </>
      )}
    </section>
  )
}

function labelOf(identities: readonly NamedIdentity[], index: number): string {
  return identities[index]?.label ?? `Identity ${index + 1}`
}

function Count({ seen }: { readonly seen: Seen }) {
  if ('problem' in seen) return <span className="text-danger">{seen.problem}</span>
  const rows = seen.more ? `more than ${seen.rows}` : `${seen.rows}`
  return <>{`${rows} ${seen.rows === 1 && !seen.more ? 'row' : 'rows'}`}</>
}
