// An index as it is asked for.

import { z } from 'zod'

import { name } from '../../../request/names.ts'
import { preview } from '../../../request/preview.ts'

const column = z.union([z.object({ name }), z.object({ expression: z.string().min(1) })])

/** `POST /indexes`. */
export const newIndex = z.object({
  schema: name.default('public'),
  table: name,
  /** Made of the table's and the columns' names where it is left out. */
  name: name.optional(),
  columns: z.array(column).min(1, 'an index needs a column'),
  method: z.enum(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin']).default('btree'),
  unique: z.boolean().default(false),
  /** A condition: the index holds the rows of which it is true. */
  where: z.string().min(1).nullable().default(null),
  /** Without keeping writers waiting; outside of a transaction. */
  concurrently: z.boolean().default(false),
  preview,
})

export type NewIndex = z.infer<typeof newIndex>
