// What the address of the Table Editor holds besides the table: filters, order, and the panel that is open.

import { z } from 'zod'

/** The operators of the filter bar, in its order, with the words that stand beside the sign. */
export const operators = [
  { value: '=', label: '=', hint: 'equals' },
  { value: '<>', label: '<>', hint: 'does not equal' },
  { value: '>', label: '>', hint: 'greater than' },
  { value: '<', label: '<', hint: 'less than' },
  { value: '>=', label: '>=', hint: 'greater than or equal' },
  { value: '<=', label: '<=', hint: 'less than or equal' },
  { value: 'like', label: 'like', hint: 'matches a pattern: % for any text' },
  { value: 'ilike', label: 'ilike', hint: 'matches a pattern, whatever the case' },
  { value: 'contains', label: 'contains', hint: 'has this text, element or key' },
  { value: 'in', label: 'in', hint: 'one of a list, separated by commas' },
  { value: 'is null', label: 'is null', hint: 'has no value' },
  { value: 'is not null', label: 'is not null', hint: 'has a value' },
] as const

export type Operator = (typeof operators)[number]['value']

const filter = z.object({
  column: z.string(),
  operator: z.enum(operators.map(({ value }) => value)),
  value: z.union([z.string(), z.array(z.string())]).optional(),
})

const search = z.object({
  schema: z.coerce.string().optional().catch(undefined),
  filters: z.array(filter).optional().catch(undefined),
  sort: z
    .array(z.object({ column: z.string(), descending: z.boolean() }))
    .optional()
    .catch(undefined),
  panel: z.enum(['new-table', 'edit-table', 'new-row', 'import']).optional().catch(undefined),
})

export type RowFilter = z.infer<typeof filter>
export interface RowSort {
  readonly column: string
  readonly descending: boolean
}
export type TableSearch = z.infer<typeof search>

/** What an address says; what makes no sense in it is left out. */
export function readSearch(given: Record<string, unknown>): TableSearch {
  return search.parse(given)
}

/** The operator stands alone, without a value. */
export function takesNoValue(operator: Operator): boolean {
  return operator === 'is null' || operator === 'is not null'
}
