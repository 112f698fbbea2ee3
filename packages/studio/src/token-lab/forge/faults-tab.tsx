// Every fault at once: what the API says of a token that is wrong in this way, and why.

import { useMutation } from '@tanstack/react-query'

import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/display/badge.tsx'
import { DataTable } from '../../ui/display/data-table.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import type { Explanation } from '../explanation/explanation.ts'
import { type Fault, faults } from './faults.ts'
import { bodyOf, emptyDraft } from './forge-form.ts'
import { forge } from './queries.ts'

interface Judged {
  readonly fault: Fault
  readonly label: string
  readonly hint: string
  readonly explanation: Explanation
}

export function FaultsTab({ instance }: { readonly instance: string }) {
  const trying = useMutation({ mutationFn: async () => await judgeAll(instance), gcTime: 0 })
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-prose text-sm text-quiet">
        A token for somebody made up is forged with each fault in turn, and the API is asked what it says of it.
      </p>
      <div>
        <Button variant="primary" busy={trying.isPending} onClick={() => trying.mutate()}>
          Try every fault
        </Button>
      </div>
      <RefusalNote error={trying.error} />
      {trying.data !== undefined && (
        <DataTable
          label="What the API says of each fault"
          rows={trying.data}
          keyOf={nameOf}
          empty={null}
          columns={columns}
        />
      )}
    </div>
  )
}

const columns = [
  { id: 'fault', head: 'Fault', cell: (judged: Judged) => <Name {...judged} /> },
  { id: 'answer', head: 'The API', cell: ({ explanation }: Judged) => <Answer explanation={explanation} /> },
  { id: 'why', head: 'Why', cell: (judged: Judged) => <Why {...judged} /> },
]

const nameOf = ({ label }: Judged): string => label

/** One after another: each is two small requests. */
async function judgeAll(instance: string): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (const { value: fault, label, hint } of faults) {
    const { explanation } = await forge(instance, bodyOf({ ...emptyDraft, madeUp: true }, fault))
    judged.push({ fault, label, hint, explanation })
  }
  return judged
}

function Name({ label, hint }: Judged) {
  return (
    <div className="min-w-32">
      <p className="font-medium">{label}</p>
      <p className="text-xs text-quiet">{hint}</p>
    </div>
  )
}

function Answer({ explanation: { accepted, postgres } }: Pick<Judged, 'explanation'>) {
  return <Badge tone={accepted ? 'good' : 'danger'}>{accepted ? `takes it as ${postgres?.role}` : 'refuses it'}</Badge>
}

function Why({ fault, explanation: { problem, hints } }: Judged) {
  if (problem === null)
    return <span className="text-xs text-quiet">{fault === 'none' ? 'Every check passed.' : hints[0]}</span>
  return (
    <div className="min-w-48">
      <p>{problem.message}</p>
      <p className="text-xs text-quiet">{problem.fix}</p>
    </div>
  )
}
