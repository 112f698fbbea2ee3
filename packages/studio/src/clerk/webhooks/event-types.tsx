// Which events an endpoint hears of: all, or some of each kind.

import { useState } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Checkbox } from '../../ui/form/toggle.tsx'
import { useClerk } from '../api/clerk-request.ts'
import { eventGroups } from './endpoint.ts'

interface EventTypesProps {
  /** None stands for all. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

export function EventTypes({ chosen, onChange }: EventTypesProps) {
  const types = useClerk<{ readonly data: readonly string[] }>('/webhook_event_types')
  const [search, setSearch] = useState('')
  const groups = eventGroups(types.data?.data ?? [], search)
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="text-sm font-medium">Subscribe to events</legend>
      <p className="text-xs text-quiet">
        {chosen.length === 0 ? 'Nothing is chosen, so it hears of every event.' : `${chosen.length} chosen.`}
      </p>
      <Field label="Search events">
        <Input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
      </Field>
      <RefusalNote error={types.error} />
      {types.isSuccess && groups.length === 0 && <p className="text-sm text-quiet">No event of that name.</p>}
      {groups.map(([group, members]) => (
        <Group key={group} group={group} members={members} chosen={chosen} onChange={onChange} />
      ))}
    </fieldset>
  )
}

interface GroupProps extends EventTypesProps {
  readonly group: string
  readonly members: readonly string[]
}

function Group({ group, members, chosen, onChange }: GroupProps) {
  const without = (gone: readonly string[]) => chosen.filter((type) => !gone.includes(type))
  const all = members.every((type) => chosen.includes(type))
  return (
    <div role="group" aria-label={group} className="flex flex-col gap-1.5 rounded-md border border-line p-3">
      <Checkbox
        label={group}
        checked={all}
        onChange={(checked) => onChange(checked ? [...without(members), ...members] : without(members))}
      />
      <div className="ml-6 grid gap-1 sm:grid-cols-2">
        {members.map((type) => (
          <Checkbox
            key={type}
            label={<span className="font-mono text-xs font-normal break-all">{type}</span>}
            checked={chosen.includes(type)}
            onChange={(checked) => onChange(checked ? [...chosen, type] : without([type]))}
          />
        ))}
      </div>
    </div>
  )
}
