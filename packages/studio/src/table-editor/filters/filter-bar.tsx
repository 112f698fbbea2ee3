// The filters of a table: those that apply, each with a way to change it and one to take it away, and one more to add.

import { Filter, Plus, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { type RowFilter, takesNoValue } from '../address.ts'
import type { Relation } from '../rows/relation.ts'
import { FilterForm } from './filter-form.tsx'

interface FilterBarProps {
  readonly relation: Relation
  readonly filters: readonly RowFilter[]
  readonly onChange: (filters: readonly RowFilter[]) => void
}

export function FilterBar({ relation, filters, onChange }: FilterBarProps) {
  return (
    <div
      role="group"
      aria-label="Filters"
      className="flex flex-wrap items-center gap-1.5 border-b border-line bg-surface px-3 py-1.5"
    >
      <Filter className="size-4 text-quiet" aria-hidden />
      {filters.map((filter, index) => (
        <span key={index} className="inline-flex max-w-full items-center rounded-md border border-line bg-sunken">
          <FilterPopover
            relation={relation}
            filter={filter}
            label={saidFilter(filter)}
            onApply={(next) => onChange(filters.with(index, next))}
          />
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Remove filter ${saidFilter(filter)}`}
            onClick={() => onChange(filters.filter((_, each) => each !== index))}
          >
            <X aria-hidden />
          </Button>
        </span>
      ))}
      <FilterPopover
        relation={relation}
        filter={null}
        label={filters.length === 0 ? 'Add filter' : 'Add another'}
        onApply={(next) => onChange([...filters, next])}
      />
      {filters.length > 1 && (
        <Button size="sm" variant="ghost" onClick={() => onChange([])}>
          Clear all
        </Button>
      )}
    </div>
  )
}

interface FilterPopoverProps {
  readonly relation: Relation
  readonly filter: RowFilter | null
  readonly label: string
  readonly onApply: (filter: RowFilter) => void
}

function FilterPopover({ relation, filter, label, onApply }: FilterPopoverProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button size="sm" variant="ghost" className="max-w-full min-w-0 shrink">
          {filter === null && <Plus aria-hidden />}
          <span className="truncate">{label}</span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={filter === null ? 'Add filter' : 'Change filter'}
          className="z-40 w-80 max-w-[calc(100vw-1rem)] rounded-md border border-line bg-raised p-3 shadow-lg"
        >
          <FilterForm
            columns={relation.columns.map(({ name }) => name)}
            filter={filter}
            onApply={(next) => {
              setOpen(false)
              onApply(next)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function saidFilter({ column, operator, value }: RowFilter): string {
  if (takesNoValue(operator)) return `${column} ${operator}`
  return `${column} ${operator} ${[value ?? ''].flat().join(', ')}`
}
