// One filter: a column, an operator, a value.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Select } from '../../ui/form/select.tsx'
import { type Operator, operators, type RowFilter, takesNoValue } from '../address.ts'

interface FilterFormProps {
  readonly columns: readonly string[]
  readonly filter: RowFilter | null
  readonly onApply: (filter: RowFilter) => void
}

/** Enter applies it. */
export function FilterForm({ columns, filter, onApply }: FilterFormProps) {
  const [column, setColumn] = useState(filter?.column ?? columns[0] ?? '')
  const [operator, setOperator] = useState<Operator>(filter?.operator ?? '=')
  const [value, setValue] = useState([filter?.value ?? ''].flat().join(', '))
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onApply({ column, operator, ...valueOf(operator, value) })
      }}
    >
      <Field label="Column">
        <Select value={column} onChange={setColumn} options={columns.map((name) => ({ value: name, label: name }))} />
      </Field>
      <Field label="Operator">
        <Select value={operator} onChange={setOperator} options={operators} />
      </Field>
      {!takesNoValue(operator) && (
        <Field label="Value" {...(operator === 'in' && { hint: 'Several, separated by commas' })}>
          <Input value={value} onChange={(event) => setValue(event.target.value)} className="font-mono" autoFocus />
        </Field>
      )}
      <Button type="submit" variant="primary" size="sm" className="self-end">
        Apply filter
      </Button>
    </form>
  )
}

function valueOf(operator: Operator, value: string): Pick<RowFilter, 'value'> {
  if (takesNoValue(operator)) return {}
  return { value: operator === 'in' ? value.split(',').map((each) => each.trim()) : value }
}
