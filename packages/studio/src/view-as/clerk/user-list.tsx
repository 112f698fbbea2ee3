// People to choose one of.

import { type ClerkUser, nameOf } from '../../api/clerk/people.ts'

interface UserListProps {
  readonly users: readonly ClerkUser[]
  readonly chosen: ClerkUser | null
  readonly onChoose: (user: ClerkUser) => void
}

export function UserList({ users, chosen, onChoose }: UserListProps) {
  if (users.length === 0) return null
  return (
    <ul aria-label="Users" className="flex max-h-52 flex-col gap-1 overflow-y-auto">
      {users.map((user) => (
        <li key={user.id}>
          <button
            type="button"
            aria-pressed={chosen?.id === user.id}
            onClick={() => onChoose(user)}
            className="flex w-full flex-col rounded-md border border-line px-3 py-1.5 text-left hover:bg-sunken aria-pressed:border-brand aria-pressed:bg-brand-soft"
          >
            <span className="text-sm font-medium break-all">{nameOf(user)}</span>
            <span className="font-mono text-xs break-all text-quiet">{user.id}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
