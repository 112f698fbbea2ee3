// A new table, and changes to one, as they are asked for.

import { z } from 'zod'

import { name } from '../../../request/names.ts'
import { preview } from '../../../request/preview.ts'
import { columnDefault, columnInput, foreignKeyInput, identity, repeated, typeText } from '../columns/column-input.ts'

const expression = z.string().min(1)
/** `POST /tables`. */
export const newTable = z
  .object({
    schema: name.default('public'),
    name,
    comment: z.string().nullable().default(null),
    rowSecurity: z.boolean().default(true),
    realtime: z.boolean().default(false),
    columns: z.array(columnInput).default([]),
    foreignKeys: z.array(foreignKeyInput).default([]),
    preview,
  })
  .superRefine(({ columns }, context) => {
    const twice = repeated(columns.map((column) => column.name))
    if (twice === undefined) return
    context.addIssue({ code: 'custom', path: ['columns'], message: `two columns are named “${twice}”` })
  })

export type NewTable = z.infer<typeof newTable>

/** What is left out stays as it is; `name` is the present one. */
export const columnChange = z.object({
  name,
  newName: name.optional(),
  type: typeText.optional(),
  isArray: z.boolean().optional(),
  /** SQL that makes the new value of the old one; a cast where it is left out. */
  using: expression.optional(),
  default: columnDefault.optional(),
  nullable: z.boolean().optional(),
  unique: z.boolean().optional(),
  identity: identity.optional(),
  comment: z.string().nullable().optional(),
})

export type ColumnChange = z.infer<typeof columnChange>

const none = { add: [], change: [], drop: [] }

/** `PATCH /tables/:schema/:name`. Expressions, keys and checks speak of the columns by their new names. */
export const tableChange = z.object({
  version: z.string().optional(),
  name: name.optional(),
  schema: name.optional(),
  comment: z.string().nullable().optional(),
  rowSecurity: z.boolean().optional(),
  forceRowSecurity: z.boolean().optional(),
  realtime: z.boolean().optional(),
  columns: z
    .object({
      add: z.array(columnInput).default([]),
      change: z.array(columnChange).default([]),
      drop: z.array(name).default([]),
    })
    .default(none),
  /** Columns of the primary key; an empty list removes it. */
  primaryKey: z.array(name).optional(),
  foreignKeys: z
    .object({ add: z.array(foreignKeyInput).default([]), drop: z.array(name).default([]) })
    .default({ add: [], drop: [] }),
  checks: z
    .object({
      add: z.array(z.object({ name: name.optional(), expression })).default([]),
      drop: z.array(name).default([]),
    })
    .default({ add: [], drop: [] }),
  /** Takes along what depends on dropped columns. */
  cascade: z.boolean().default(false),
  preview,
})

export type TableChange = z.infer<typeof tableChange>

/** `POST /tables/:schema/:name/duplicate`; without `schema` in that of its model, with its `rows` if asked. */
export const tableCopy = z.object({ schema: name.optional(), name, rows: z.boolean().default(false), preview })
