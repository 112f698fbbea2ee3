// The way to every screen.

import { Link } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'

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
  const [folded, setFolded] = useFolded(label)
  if (only !== undefined && entries.length === 1) {
    return (
      <Entry entry={{ ...only, label }} onGo={onGo}>
        <Icon className="size-4 shrink-0" aria-hidden />
      </Entry>
    )
  }
  return (
    <section aria-label={label} className="mt-2">
      <button
        type="button"
        aria-expanded={!folded}
        onClick={() => setFolded(!folded)}
        className="flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-left text-sm font-medium hover:bg-sunken"
      >
        <Icon className="size-4 shrink-0" aria-hidden />
        {label}
        <ChevronDown className={`ml-auto size-4 text-quiet ${folded ? '-rotate-90' : ''}`} aria-hidden />
      </button>
      {!folded && (
        <div className="ml-4 flex flex-col gap-0.5 border-l border-line pl-2">
          {entries.map((entry) => (
            <Entry key={entry.to} entry={entry} onGo={onGo} />
          ))}
        </div>
      )}
    </section>
  )
}

/** Whether a group's entries are out of the way; kept in the browser. */
function useFolded(label: string): readonly [boolean, (folded: boolean) => void] {
  const key = `tenon.folded.${label}`
  const [folded, setFolded] = useState(() => localStorage.getItem(key) === 'yes')
  const change = (next: boolean) => {
    setFolded(next)
    if (next) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  }
  return [folded, change]
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
