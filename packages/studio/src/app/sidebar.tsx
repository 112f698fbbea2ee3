// The way to every screen.

import { Link } from '@tanstack/react-router'

import { navigation, type NavigationEntry, type NavigationGroup } from './navigation.ts'

const LINK =
  'flex items-center gap-2 rounded-md px-2.5 py-1.5 text-sm text-quiet hover:bg-sunken hover:text-text data-[status=active]:bg-brand-soft data-[status=active]:font-medium data-[status=active]:text-brand-strong'

/** All groups; `onGo` closes the menu it may stand in. */
export function Sidebar({ onGo }: { readonly onGo?: () => void }) {
  return (
    <nav aria-label="Studio" className="flex flex-col gap-0.5 p-2">
      {navigation
        .filter(({ entries }) => entries.length > 0)
        .map((group) => (
          <Group key={group.label} group={group} onGo={onGo} />
        ))}
    </nav>
  )
}

interface GroupProps {
  readonly group: NavigationGroup
  readonly onGo: (() => void) | undefined
}

function Group({ group, onGo }: GroupProps) {
  const { label, icon: Icon, entries } = group
  const [only] = entries
  if (only !== undefined && entries.length === 1) {
    return (
      <Entry entry={{ ...only, label }} onGo={onGo}>
        <Icon className="size-4 shrink-0" aria-hidden />
      </Entry>
    )
  }
  return (
    <section aria-label={label} className="mt-2">
      <h2 className="flex items-center gap-2 px-2.5 py-1.5 text-sm font-medium">
        <Icon className="size-4 shrink-0" aria-hidden />
        {label}
      </h2>
      <div className="ml-4 flex flex-col gap-0.5 border-l border-line pl-2">
        {entries.map((entry) => (
          <Entry key={entry.to} entry={entry} onGo={onGo} />
        ))}
      </div>
    </section>
  )
}

interface EntryProps {
  readonly entry: NavigationEntry
  readonly onGo: (() => void) | undefined
  readonly children?: React.ReactNode
}

function Entry({ entry, onGo, children }: EntryProps) {
  return (
    <Link
      to={entry.to}
      activeOptions={{ exact: entry.to === '/', includeSearch: false }}
      className={LINK}
      onClick={onGo}
    >
      {children}
      {entry.label}
    </Link>
  )
}
