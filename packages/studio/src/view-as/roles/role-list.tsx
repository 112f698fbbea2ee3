// The owner, the roles of the API, whatever other roles there are, and who was looked through lately.

import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { OWNER } from '../owner.ts'
import { useRoles } from './use-roles.ts'
import { recentIdentities } from '../recent-identities.ts'
import type { ViewAs } from '../view-as.ts'

interface RoleListProps {
  readonly current: ViewAs | null
  readonly onChoose: (identity: ViewAs | null) => void
}

const known: Readonly<Record<string, string>> = {
  anon: 'Nobody is signed in',
  authenticated: 'Signed in, but nobody in particular',
  service_role: 'Your servers: policies do not bind it',
}

/** One click each. */
export function RoleList({ current, onChoose }: RoleListProps) {
  const roles = useRoles()
  const names = ['anon', 'authenticated', 'service_role']
  const others = (roles.data ?? []).filter(({ name }) => !names.includes(name))
  const recent = recentIdentities()
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-1">
        <Choice name={OWNER} says="Every row" chosen={current === null} onChoose={() => onChoose(null)} />
        {[...names.map((name) => ({ name, bypasses: false })), ...others].map(({ name, bypasses }) => (
          <Choice
            key={name}
            name={name}
            says={known[name] ?? (bypasses ? 'Policies do not bind it' : 'A role of this database')}
            chosen={current?.label === name}
            onChoose={() => onChoose({ role: name, claims: {}, label: name })}
          />
        ))}
      </ul>
      <RefusalNote error={roles.error} />
      {recent.length > 0 && <h3 className="text-xs font-medium text-quiet">Recently used</h3>}
      {recent.length > 0 && (
        <ul className="flex flex-col gap-1">
          {recent.map((identity) => (
            <Choice
              key={identity.label}
              name={identity.label}
              says={identity.role}
              chosen={current?.label === identity.label}
              onChoose={() => onChoose(identity)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly says: ReactNode
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Choice({ name, says, chosen, onChoose }: ChoiceProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className="flex w-full items-center gap-2 rounded-md border border-line px-3 py-2 text-left hover:bg-sunken aria-pressed:border-brand aria-pressed:bg-brand-soft"
      >
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="text-sm font-medium break-all">{name}</span>
          <span className="text-xs text-quiet">{says}</span>
        </span>
        {chosen && <Check className="size-4 shrink-0 text-brand-strong" aria-hidden />}
      </button>
    </li>
  )
}
