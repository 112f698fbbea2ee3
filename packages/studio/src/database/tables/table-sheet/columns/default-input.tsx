// The default of a column: typed, or one of the functions that give its type.

import { ListPlus } from 'lucide-react'

import { searchOf, usePlatform } from '../../../../api/platform.ts'
import { Input } from '../../../../ui/form/input.tsx'
import { Menu } from '../../../../ui/overlay/menu.tsx'
import type { ColumnForm } from '../form/table-form.ts'

interface Suggestions {
  readonly suggestions: readonly { readonly expression: string; readonly description: string | null }[]
}

interface DefaultInputProps {
  readonly column: ColumnForm
  readonly onChange: (part: Partial<ColumnForm>) => void
}

export function DefaultInput({ column, onChange }: DefaultInputProps) {
  if (column.identity !== null || column.generated) {
    return (
      <Input aria-label="Default Value" disabled value="" placeholder={column.generated ? 'Computed' : 'Counted'} />
    )
  }
  return (
    <div className="flex min-w-0 gap-1">
      <Input
        aria-label="Default Value"
        placeholder={column.nullable ? 'NULL' : 'None'}
        className="font-mono"
        value={column.defaultText}
        onChange={(event) => onChange({ defaultText: event.target.value })}
      />
      {column.type.trim() !== '' && !column.isArray && <Suggested type={column.type} onChange={onChange} />}
    </div>
  )
}

interface SuggestedProps extends Pick<DefaultInputProps, 'onChange'> {
  readonly type: string
}

/** Nothing where nothing suits, or the type is not one yet. */
function Suggested({ type, onChange }: SuggestedProps) {
  const suggestions = usePlatform<Suggestions>(`/default-suggestions${searchOf({ type })}`).data?.suggestions ?? []
  if (suggestions.length === 0) return null
  return (
    <Menu
      label="Suggested defaults"
      trigger={<ListPlus aria-hidden />}
      variant="ghost"
      size="icon"
      items={suggestions.map(({ expression }) => ({
        label: expression,
        onSelect: () => onChange({ defaultText: expression, defaultReading: 'auto' }),
      }))}
    />
  )
}
