// The types and languages that a form offers.

import type { Option } from '../../../ui/form/select.tsx'
import { usePlatform } from '../../../api/platform.ts'

interface Offered {
  readonly types: readonly { readonly name: string; readonly schema: string; readonly kind: string }[]
  readonly languages: readonly string[]
}

/** Asked for most. */
const first = ['void', 'record', 'trigger', 'integer', 'text', 'uuid', 'boolean', 'jsonb']

/** Types with the usual ones first; `arguments` leaves out those that nothing can be given. */
export function useFunctionTypes(): {
  readonly types: readonly Option[]
  readonly arguments: readonly Option[]
  readonly languages: readonly Option[]
} {
  const { data } = usePlatform<Offered>('/function-types')
  const offered = data?.types ?? first.map((name) => ({ name, schema: 'pg_catalog', kind: 'base' }))
  const usual = first.flatMap((name) => offered.find((type) => type.name === name) ?? [])
  const all = [...usual, ...offered.filter(({ name }) => !first.includes(name))]
  const types = all.map(({ name, schema, kind }) => ({
    value: name,
    label: name,
    ...(schema !== 'pg_catalog' && { hint: `${kind} in ${schema}` }),
  }))
  return {
    types,
    arguments: types.filter(({ value }) => !['void', 'record', 'trigger', 'event_trigger'].includes(value)),
    languages: (data?.languages ?? ['plpgsql', 'sql']).map((name) => ({ value: name, label: name })),
  }
}
