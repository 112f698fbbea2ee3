// The list that opens below a field: suggestions, and with `free` whatever is typed.

import { Command } from 'cmdk'
import { Popover } from 'radix-ui'
import { type ReactNode, useId, useState } from 'react'

import type { Option } from './select.tsx'

interface SuggestedProps {
  readonly open: boolean
  readonly setOpen: (open: boolean) => void
  readonly suggestions: readonly Option[]
  readonly free: boolean
  readonly onSearch: ((text: string) => void) | undefined
  readonly onChoose: (value: string) => void
  readonly children: ReactNode
}

/** Opens below the button it is given, narrowed by what is typed. */
export function Suggested({ open, setOpen, suggestions, free, onSearch, onChoose, children }: SuggestedProps) {
  const [search, setSearch] = useState('')
  const listId = useId()
  const find = (text: string) => {
    setSearch(text)
    onSearch?.(text)
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          className="z-50 w-(--radix-popover-trigger-width) min-w-60 overflow-hidden rounded-md border border-line bg-raised shadow-lg"
        >
          <Command label="Suggestions" id={listId} shouldFilter={onSearch === undefined}>
            <Command.Input
              value={search}
              onValueChange={find}
              placeholder={free ? 'Search or type your own' : 'Search'}
              className="w-full border-b border-line bg-transparent px-3 py-2 text-sm outline-none placeholder:text-quiet"
            />
            <Command.List className="max-h-64 overflow-y-auto p-1">
              {!free && <Command.Empty className="p-3 text-sm text-quiet">Nothing of that name.</Command.Empty>}
              {free && search.trim() !== '' && !suggestions.some(({ value }) => value === search.trim()) && (
                <Choice value={search} onChoose={() => onChoose(search.trim())} label={search} hint="As typed" />
              )}
              {suggestions.map((option) => (
                <Choice key={option.value} {...option} onChoose={() => onChoose(option.value)} />
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Choice({ value, label, hint, onChoose }: Option & { readonly onChoose: () => void }) {
  return (
    <Command.Item
      value={`${label} ${value}`}
      onSelect={onChoose}
      className="flex cursor-pointer flex-col rounded px-2.5 py-1.5 text-sm data-[selected=true]:bg-sunken"
    >
      <span className="break-all">{label}</span>
      {hint !== undefined && <span className="text-xs text-quiet">{hint}</span>}
    </Command.Item>
  )
}
