// The columns of the form, one row each.

import { Plus } from 'lucide-react'

import { Button } from '../../../../ui/button.tsx'
import type { Problems } from '../form/problems.ts'
import { type ColumnForm, emptyColumn } from '../form/table-form.ts'
import { ColumnRow } from './column-row.tsx'

interface ColumnListProps {
  readonly columns: readonly ColumnForm[]
  readonly onChange: (columns: readonly ColumnForm[]) => void
  /** Shown only for what was tried to save. */
  readonly problems: Problems['columns']
}

export function ColumnList({ columns, onChange, problems }: ColumnListProps) {
  const move = (from: number, by: number) => {
    const next = [...columns]
    next.splice(from + by, 0, ...next.splice(from, 1))
    onChange(next)
  }
  return (
    <section className="flex flex-col gap-2" aria-labelledby="columns-of-the-table">
      <h3 id="columns-of-the-table" className="text-sm font-semibold">
        Columns
      </h3>
      <Heads />
      {columns.map((column, index) => (
        <ColumnRow
          key={column.key}
          place={index + 1}
          column={column}
          problems={problems.get(column.key)}
          onChange={(changed) => onChange(columns.map((each) => (each.key === column.key ? changed : each)))}
          onRemove={() => onChange(columns.filter(({ key }) => key !== column.key))}
          onUp={canMove(column, columns[index - 1]) ? () => move(index, -1) : null}
          onDown={canMove(column, columns[index + 1]) ? () => move(index, 1) : null}
        />
      ))}
      <div>
        <Button onClick={() => onChange([...columns, emptyColumn()])}>
          <Plus aria-hidden />
          Add column
        </Button>
      </div>
    </section>
  )
}

/** Postgres keeps the order of the columns that are there. */
function canMove(column: ColumnForm, neighbour: ColumnForm | undefined): boolean {
  return neighbour !== undefined && column.original === null && neighbour.original === null
}

/** Each control says its name itself; this is for the eye. */
function Heads() {
  return (
    <div aria-hidden className="hidden gap-2 pr-20 text-xs text-quiet sm:grid sm:grid-cols-[3fr_2.5fr_3fr_3.5rem]">
      <span>Name</span>
      <span>Type</span>
      <span>Default Value</span>
      <span>Primary</span>
    </div>
  )
}
