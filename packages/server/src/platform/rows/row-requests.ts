// What the endpoints about rows are sent.

import { z } from 'zod'

import { name, qualifiedName } from '../request/names.ts'
import { preview } from '../request/preview.ts'
import { runAs } from '../request/run-as.ts'
import { textOf } from '../request/text.ts'
import { filterOperators } from './sql/filter-sql.ts'

const LARGEST_PAGE = 1000
const MOST_FILTERS = 50
const MOST_SORTS = 10
/** Rows of one request to delete; more would not fit the parameters of a statement. */
const MOST_ROWS = 5000

/** Values are text as a person types them; Postgres reads them as the column's type. */
const value = textOf('a value')

const filter = z.object({
  column: name,
  operator: z.enum(filterOperators),
  value: z.union([value, z.array(value)]).optional(),
})

const filters = z.array(filter).max(MOST_FILTERS).default([])

const sort = z
  .array(z.object({ column: name, descending: z.boolean().default(false) }))
  .max(MOST_SORTS)
  .default([])

/** A row's name: the values of its key, or its place where the table has none; and the version that was seen. */
const rowName = z.object({
  key: z.record(name, value).nullable().default(null),
  place: value.nullable().default(null),
  version: value.nullable().default(null),
})

const onTable = z.object({ table: qualifiedName, as: runAs })

/** `POST /rows/describe`. */
export const describeRequest = onTable

/** `GET /rows/relations`. */
export const listQuery = z.object({ schema: name })

/** `POST /rows/read`. */
export const readRequest = onTable.extend({
  columns: z.array(name).min(1).nullable().default(null),
  filters,
  sort,
  /** Rows of the page. */
  limit: z.number().int().min(1).max(LARGEST_PAGE).default(100),
  /** Rows to leave out, counted from where the page begins. */
  offset: z.number().int().min(0).default(0),
  /** Where it begins: the first row, behind or before the row of a cursor, or so many rows before the last. */
  from: z
    .union([z.enum(['start', 'end']), z.object({ after: z.string() }), z.object({ before: z.string() })])
    .default('start'),
})

/** `POST /rows/count`. */
export const countRequest = onTable.extend({ filters, exact: z.boolean().default(false) })

/** `POST /rows/cell`. */
export const cellRequest = onTable.extend({ row: rowName, column: name })

/** `POST /rows/export`. */
export const exportRequest = onTable.extend({ columns: z.array(name).min(1).nullable().default(null), filters, sort })

/** JSON in a parameter of the query string. */
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
})

/** The address of `POST /rows/import`; the body is the file. */
export const importQuery = z.object({
  schema: name,
  name,
  as: json.pipe(runAs).default(null),
  /** For each field of a line the column it goes into, or null; left out, the names of the first line count. */
  columns: json.pipe(z.array(name.nullable()).nullable()).default(null),
  delimiter: z.enum([',', ';', '\t']).default(','),
})

const values = z.record(name, value.nullable())

/** `POST /rows/insert`; columns left out get their defaults. */
export const insertRequest = onTable.extend({ values: values.default({}), preview })

/** `POST /rows/update`. */
export const updateRequest = onTable
  .extend({
    row: rowName,
    values: values.default({}),
    /** Columns that get their default back. */
    defaults: z.array(name).default([]),
    preview,
  })
  .refine(({ values: given, defaults }) => Object.keys(given).length + defaults.length > 0, 'nothing is to change')

/** `POST /rows/delete`. */
export const deleteRequest = onTable.extend({
  rows: z.array(rowName).min(1).max(MOST_ROWS),
  preview,
})

export type Filter = z.infer<typeof filter>
export type ReadRequest = z.infer<typeof readRequest>
export type CountRequest = z.infer<typeof countRequest>
export type ExportRequest = z.infer<typeof exportRequest>
export type ImportQuery = z.infer<typeof importQuery>
export type CellRequest = z.infer<typeof cellRequest>
export type InsertRequest = z.infer<typeof insertRequest>
export type UpdateRequest = z.infer<typeof updateRequest>
export type DeleteRequest = z.infer<typeof deleteRequest>
export type RowName = z.infer<typeof rowName>
