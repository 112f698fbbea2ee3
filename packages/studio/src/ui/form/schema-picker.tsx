// Which schema a list is about.

import { useQuery } from '@tanstack/react-query'

import { request } from '../../api/request.ts'
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
  const { data } = useQuery({
    queryKey: ['schemas'],
    queryFn: async () => await request<Schemas>('GET', '/platform/v1/schemas'),
  })
  const suggestions = (data?.schemas ?? []).map(({ name }) => ({ value: name, label: name }))
  return <Combobox label="Schema" value={value} onChange={onChange} suggestions={suggestions} className="w-44" />
}
