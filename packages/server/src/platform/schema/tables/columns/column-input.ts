// A column and a foreign key as they are asked for.

import { z } from 'zod'

import { name } from '../../../request/names.ts'

const expression = z.string().min(1)

/** A text that becomes a value of the column's type, or SQL. Null: none. */
export const columnDefault = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('literal'), value: z.string() }),
    z.object({ kind: z.literal('expression'), value: expression }),
  ])
  .nullable()

/** As the SQL standard calls them; null for a column that is none. */
export const identity = z.enum(['always', 'by default']).nullable()

/** A type as Postgres reads it: `int8`, `varchar(20)`, `public.mood`, `"Odd schema"."Odd type"`. */
export const typeText = z.string().trim().min(1, 'a type is missing')

/** A new column. */
export const columnInput = z.object({
  name,
  type: typeText,
  isArray: z.boolean().default(false),
  default: columnDefault.default(null),
  nullable: z.boolean().default(true),
  unique: z.boolean().default(false),
  primaryKey: z.boolean().default(false),
  identity: identity.default(null),
  /** SQL over the other columns of the row; the column is stored and never written. */
  generated: expression.nullable().default(null),
  check: expression.nullable().default(null),
  comment: z.string().nullable().default(null),
})

export type ColumnInput = z.infer<typeof columnInput>

const action = z.enum(['no action', 'restrict', 'cascade', 'set null', 'set default']).default('no action')

/** A new foreign key; the columns correspond one to one. */
export const foreignKeyInput = z
  .object({
    name: name.optional(),
    columns: z.array(name).min(1, 'a foreign key needs a column'),
    referencedSchema: name.default('public'),
    referencedTable: name,
    referencedColumns: z.array(name).min(1, 'a foreign key refers to a column'),
    onDelete: action,
    onUpdate: action,
  })
  .refine(
    (key) => key.columns.length === key.referencedColumns.length,
    'a foreign key needs as many columns on both sides',
  )

export type ForeignKeyInput = z.infer<typeof foreignKeyInput>

/** The first name that comes twice. */
export function repeated(names: readonly string[]): string | undefined {
  return names.find((one, index) => names.indexOf(one) !== index)
}
