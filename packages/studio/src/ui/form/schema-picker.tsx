// Which schema a list is about.

import { usePlatform } from '../../api/platform.ts'
import { Combobox } from './combobox.tsx'

interface Schemas {
  readonly schemas: readonly { readonly name: string }[]
}

/** The schemas of the database, to choose one. */
export function SchemaPicker({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (schema: string) => void
}) {
  const { data } = usePlatform<Schemas>('/schemas')
  const suggestions = (data?.schemas ?? []).map(({ name }) => ({ value: name, label: name }))
  return <Combobox label="Schema" value={value} onChange={onChange} suggestions={suggestions} className="w-44" />
}
