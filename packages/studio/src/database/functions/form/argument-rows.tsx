// What a function takes: a row of name and type for each.

import { Plus, X } from 'lucide-react'
import { useId } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Combobox } from '../../../ui/form/combobox.tsx'
import { Input } from '../../../ui/form/input.tsx'
import type { FunctionPartProps } from './function-fields.tsx'
import { type ArgumentRow, nextKey } from './function-form.ts'
import { useFunctionTypes } from './function-types.ts'

interface ArgumentRowsProps extends FunctionPartProps {
  /** Why they cannot be changed. */
  readonly fixed: string
}

export function ArgumentRows({ form, problems, locked, onChange, fixed }: ArgumentRowsProps) {
  const heading = useId()
  const rows = form.arguments
  const change = (key: number, part: Partial<ArgumentRow>) =>
    onChange({ arguments: rows.map((row) => (row.key === key ? { ...row, ...part } : row)) })
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-2">
      <div>
        <h3 id={heading} className="text-sm font-medium">
          Arguments
        </h3>
        <p className="text-xs text-quiet">{locked ? fixed : 'Read in the definition by name, or as $1, $2, …'}</p>
      </div>
      {rows.map((row, index) => (
        <Row
          key={row.key}
          row={row}
          number={index + 1}
          problem={problems?.rows[row.key]}
          locked={locked}
          onChange={(part) => change(row.key, part)}
          onRemove={() => onChange({ arguments: rows.filter(({ key }) => key !== row.key) })}
        />
      ))}
      {locked && rows.length === 0 && <p className="text-sm">It takes none.</p>}
      {!locked && (
        <Button
          size="sm"
          className="self-start"
          onClick={() => onChange({ arguments: [...rows, { key: nextKey(rows), name: '', type: '', default: '' }] })}
        >
          <Plus aria-hidden />
          Add a new argument
        </Button>
      )}
    </section>
  )
}

interface RowProps {
  readonly row: ArgumentRow
  readonly number: number
  readonly problem: string | undefined
  readonly locked: boolean
  readonly onChange: (part: Partial<ArgumentRow>) => void
  readonly onRemove: () => void
}

function Row({ row, number, problem, locked, onChange, onRemove }: RowProps) {
  const types = useFunctionTypes().arguments
  return (
    <div className="flex flex-col gap-1">
      <div className="grid grid-cols-[1fr_1fr_auto] gap-2 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <Input
          aria-label={`Name of argument ${number}`}
          placeholder="argument_name"
          value={row.name}
          onChange={(event) => onChange({ name: event.target.value })}
          disabled={locked}
          className="font-mono"
          spellCheck={false}
        />
        <Combobox
          label={`Type of argument ${number}`}
          value={row.type}
          onChange={(type) => onChange({ type })}
          suggestions={types}
          free
          disabled={locked}
          placeholder="Type"
        />
        <Input
          aria-label={`Default of argument ${number}`}
          placeholder="Default, an SQL expression"
          value={row.default}
          onChange={(event) => onChange({ default: event.target.value })}
          disabled={locked}
          className="col-span-2 font-mono sm:col-span-1"
          spellCheck={false}
        />
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove argument ${number}`}
          onClick={onRemove}
          disabled={locked}
          className="col-start-3 row-start-1 sm:col-start-auto sm:row-start-auto"
        >
          <X aria-hidden />
        </Button>
      </div>
      {problem !== undefined && <p className="text-xs text-danger">{`Argument ${number}: ${problem}.`}</p>}
    </div>
  )
}
