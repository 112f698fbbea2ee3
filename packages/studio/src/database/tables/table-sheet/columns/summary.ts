// What of a column does not show in its row, in a few words.

import { defaultOf } from '../form/default-value.ts'
import type { ColumnForm } from '../form/table-form.ts'

export function summaryOf(column: ColumnForm): string {
  const { identity, isArray, nullable, primaryKey, unique, check, generated } = column
  const told = [
    ...(identity === null ? [] : ['identity']),
    ...(isArray ? ['array'] : []),
    ...(!nullable && !primaryKey ? ['not null'] : []),
    ...(unique && !primaryKey ? ['unique'] : []),
    ...(check.trim() === '' ? [] : ['checked']),
    ...(generated ? ['computed from other columns'] : []),
    ...defaultReadAs(column),
  ]
  return told.join(' · ')
}

function defaultReadAs({ defaultText, defaultReading, identity }: ColumnForm): readonly string[] {
  if (identity !== null) return []
  const read = defaultOf(defaultText, defaultReading)
  if (read === null) return []
  return [read.kind === 'expression' ? 'the default is SQL' : `the default is the value “${read.value}”`]
}
