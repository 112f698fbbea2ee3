// Free text with suggestions, and several of many. Both are a field with a list that opens below it.

import { Command } from 'cmdk'
import { ChevronsUpDown, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactNode, useId, useState } from 'react'

import { Button } from '../button.tsx'
import { classes } from '../classes.ts'
import { useFieldProps } from './field.tsx'
import type { Option } from './select.tsx'

interface ComboboxProps {
  /** For one outside of a Field. */
  readonly label?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly suggestions: readonly Option[]
  /** Whatever is typed may be chosen; else one of the suggestions only. */
  readonly free?: boolean
  /** Told what is typed, for suggestions that the server finds; they are then shown as they come. */
  readonly onSearch?: (text: string) => void
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly className?: string
}

const BOX =
  'flex h-9 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm disabled:opacity-55 aria-invalid:border-danger'

/** A searchable choice; with `free`, of any text. */
export function Combobox(props: ComboboxProps) {
  const {
    label,
    value,
    onChange,
    suggestions,
    free = false,
    onSearch,
    placeholder = 'Choose',
    disabled = false,
    className,
  } = props
  const [open, setOpen] = useState(false)
  const field = useFieldProps()
  const shown = suggestions.find((option) => option.value === value)?.label ?? value
  const choose = (next: string) => {
    onChange(next)
    setOpen(false)
  }
  return (
    <Suggested
      open={open}
      setOpen={setOpen}
      suggestions={suggestions}
      free={free}
      onSearch={onSearch}
      onChoose={choose}
    >
      <button
        type="button"
        role="combobox"
        aria-expanded={open}
        aria-label={label}
        {...field}
        disabled={disabled}
        className={classes(BOX, className)}
      >
        <span className={classes('truncate', shown === '' && 'text-quiet')}>{shown === '' ? placeholder : shown}</span>
        <ChevronsUpDown className="size-4 shrink-0 text-quiet" aria-hidden />
      </button>
    </Suggested>
  )
}

interface MultiSelectProps {
  readonly label?: string
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly options: readonly Option[]
  readonly placeholder?: string
}

/** Several of many, each shown with a way to take it out again. */
export function MultiSelect({ label, value, onChange, options, placeholder = 'Choose' }: MultiSelectProps) {
  const [open, setOpen] = useState(false)
  const field = useFieldProps()
  const left = options.filter((option) => !value.includes(option.value))
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {value.map((chosen) => (
        <span
          key={chosen}
          className="inline-flex items-center gap-1 rounded border border-line bg-sunken py-0.5 pl-2 text-sm"
        >
          {options.find((option) => option.value === chosen)?.label ?? chosen}
          <Button
            variant="ghost"
            size="icon"
            className="size-6"
            aria-label={`Remove ${chosen}`}
            onClick={() => onChange(value.filter((each) => each !== chosen))}
          >
            <X aria-hidden />
          </Button>
        </span>
      ))}
      <Suggested
        open={open}
        setOpen={setOpen}
        suggestions={left}
        free={false}
        onSearch={undefined}
        onChoose={(next) => onChange([...value, next])}
      >
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-label={label}
          {...field}
          className={classes(BOX, 'w-auto flex-1')}
        >
          <span className="truncate text-quiet">{placeholder}</span>
          <ChevronsUpDown className="size-4 shrink-0 text-quiet" aria-hidden />
        </button>
      </Suggested>
    </div>
  )
}

interface SuggestedProps {
  readonly open: boolean
  readonly setOpen: (open: boolean) => void
  readonly suggestions: readonly Option[]
  readonly free: boolean
  readonly onSearch: ((text: string) => void) | undefined
  readonly onChoose: (value: string) => void
  readonly children: ReactNode
}

/** The list below a field, narrowed by what is typed. */
function Suggested({ open, setOpen, suggestions, free, onSearch, onChoose, children }: SuggestedProps) {
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
