// Saved queries and templates, beside the editor.

import { FileCode2, Sparkles } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Input } from '../../ui/form/input.tsx'
import { type Template, templates } from '../templates/templates.ts'
import { useSavedQueries } from './saved-queries.ts'

interface QueryListProps {
  /** The saved query that is shown. */
  readonly current: string | null
  readonly onOpen: (name: string) => void
  readonly onTemplate: (template: Template) => void
}

export function QueryList({ current, onOpen, onTemplate }: QueryListProps) {
  const saved = useSavedQueries()
  const [search, setSearch] = useState('')
  const found = (text: string): boolean => text.toLowerCase().includes(search.trim().toLowerCase())
  const names = (saved.data ?? []).map(({ name }) => name).filter(found)
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <Input
        type="search"
        aria-label="Search queries"
        placeholder="Search queries"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <RefusalNote error={saved.error} />
      <Group
        title="Saved queries"
        empty={search === '' ? 'None yet. Ctrl+S saves the query that is open.' : 'None found.'}
      >
        {names.map((name) => (
          <Item
            key={name}
            name={name}
            icon={<FileCode2 aria-hidden />}
            current={name === current}
            onOpen={() => onOpen(name)}
          />
        ))}
      </Group>
      <Group title="Templates" empty="None found.">
        {templates
          .filter(({ title, description }) => found(`${title} ${description}`))
          .map((template) => (
            <Item
              key={template.title}
              name={template.title}
              note={template.description}
              icon={<Sparkles aria-hidden />}
              current={false}
              onOpen={() => onTemplate(template)}
            />
          ))}
      </Group>
    </div>
  )
}

interface GroupProps {
  readonly title: string
  readonly empty: string
  readonly children: readonly ReactNode[]
}

function Group({ title, empty, children }: GroupProps) {
  return (
    <section aria-label={title}>
      <h2 className="px-2 pb-1 text-xs font-medium text-quiet">{title}</h2>
      {children.length === 0 ? <p className="px-2 text-xs text-quiet">{empty}</p> : <ul>{children}</ul>}
    </section>
  )
}

interface ItemProps {
  readonly name: string
  readonly note?: string
  readonly icon: ReactNode
  readonly current: boolean
  readonly onOpen: () => void
}

function Item({ name, note, icon, current, onOpen }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        onClick={onOpen}
        className="flex w-full items-start gap-2 rounded-md px-2 py-1 text-left text-sm hover:bg-sunken aria-[current]:bg-brand-soft [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0"
      >
        {icon}
        <span className="flex min-w-0 flex-col">
          <span className="break-words">{name}</span>
          {note !== undefined && <span className="text-xs text-quiet">{note}</span>}
        </span>
      </button>
    </li>
  )
}
