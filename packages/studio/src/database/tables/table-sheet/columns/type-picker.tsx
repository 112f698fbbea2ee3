// The type of a column: one of those there are, or one with modifiers as a person types it.

import { usePlatform } from '../../../../api/platform.ts'
import type { ColumnType } from '../../table.ts'
import { Combobox } from '../../../../ui/form/combobox.tsx'

/** The types that the server offers; empty until they are there. */
export function useColumnTypes(): readonly ColumnType[] {
  return usePlatform<{ readonly types: readonly ColumnType[] }>('/column-types').data?.types ?? []
}

interface TypePickerProps {
  readonly value: string
  readonly onChange: (type: string) => void
}

export function TypePicker({ value, onChange }: TypePickerProps) {
  const suggestions = useColumnTypes().map(({ name, group, description }) => ({
    value: name,
    label: name,
    hint: description ?? group,
  }))
  return <Combobox label="Type" value={value} onChange={onChange} suggestions={suggestions} free placeholder="---" />
}
