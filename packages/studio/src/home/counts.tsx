// Numbers that lead to what they count.

import { Link } from '@tanstack/react-router'

import type { ClerkCounts, DatabaseCounts } from './queries.ts'

interface Count {
  readonly label: string
  readonly value: number
  readonly to: string
  readonly note?: string
}

/** Null where there is no such half, undefined while it is counted. */
interface CountsProps {
  readonly database: DatabaseCounts | undefined
  readonly clerk: ClerkCounts | null | undefined
}

export function Counts({ database, clerk }: CountsProps) {
  const counts: readonly Count[] = [...(database ? ofDatabase(database) : []), ...(clerk ? ofClerk(clerk) : [])]
  return (
    <ul aria-label="What there is" className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {counts.map(({ label, value, to, note }) => (
        <li key={label}>
          <Link to={to} className="flex h-full flex-col rounded-lg border border-line bg-surface p-3 hover:bg-sunken">
            <span className="text-2xl font-semibold tabular-nums">{value}</span>
            <span className="text-sm">{label}</span>
            {note !== undefined && <span className="text-xs text-quiet">{note}</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function ofDatabase({ tables, open, policies, functions }: DatabaseCounts): readonly Count[] {
  const note = open === 0 ? {} : { note: `${open} without Row Level Security` }
  return [
    { label: 'Tables', value: tables, to: '/table-editor', ...note },
    { label: 'Policies', value: policies, to: '/auth/policies' },
    { label: 'Functions', value: functions, to: '/database/functions' },
  ]
}

function ofClerk({ users, organizations }: ClerkCounts): readonly Count[] {
  return [
    { label: 'Users', value: users, to: '/clerk/default/users' },
    { label: 'Organizations', value: organizations, to: '/clerk/default/organizations' },
  ]
}
