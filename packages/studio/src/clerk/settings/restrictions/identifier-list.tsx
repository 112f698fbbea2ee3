// The allowlist and the blocklist.

import { X } from 'lucide-react'

import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { AddLine } from '../../parts/add-line.tsx'
import { Pages, usePagedList } from '../../parts/pages.tsx'

interface ListedIdentifier {
  readonly id: string
  readonly identifier: string
}

interface IdentifierListProps {
  readonly list: 'allowlist' | 'blocklist'
  readonly title: string
}

/** What is on a list, with ways to add and to remove. */
export function IdentifierList({ list, title }: IdentifierListProps) {
  const path = `/${list}_identifiers`
  const { rows: listed, error, pages } = usePagedList<ListedIdentifier>(`${path}?paginated=true`)
  const add = useClerkChange((identifier: string) => ({ method: 'POST', path, body: { identifier } }))
  const remove = useClerkChange((id: string) => ({ method: 'DELETE', path: `${path}/${id}` }))
  return (
    <Card title={title}>
      <AddLine
        label={`Add to the ${list}`}
        hint="An e-mail address, a domain as *@example.com, or a phone number as +15555550100."
        placeholder="*@example.com"
        action="Add"
        busy={add.isPending}
        error={complaintAt(add.error, 'identifier')}
        onAdd={(identifier, done) => add.mutate(identifier, { onSuccess: done })}
      />
      <RefusalNote error={complaintBeside(add.error, 'identifier') ?? error ?? remove.error} />
      {listed?.length === 0 && <p className="text-sm text-quiet">Nothing is on it.</p>}
      <ul aria-label={title} className="flex flex-col gap-1">
        {listed?.map(({ id, identifier }) => (
          <li key={id} className="flex items-center justify-between gap-2 text-sm">
            <span className="min-w-0 break-all">{identifier}</span>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove ${identifier} from the ${list}`}
              disabled={remove.isPending}
              onClick={() => remove.mutate(id)}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <Pages {...pages} />
    </Card>
  )
}
