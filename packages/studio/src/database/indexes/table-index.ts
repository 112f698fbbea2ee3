// An index as the server tells it, and as the sheet sends it.

export interface TableIndex {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly method: string
  readonly unique: boolean
  readonly valid: boolean
  /** A key or another constraint keeps it. */
  readonly constraint: boolean
  readonly columns: readonly string[]
  readonly definition: string
  readonly bytes: number
  readonly scans: number
}

export const methods = ['btree', 'hash', 'gin', 'gist', 'spgist', 'brin'] as const

export interface IndexForm {
  readonly table: string
  readonly columns: readonly string[]
  readonly method: (typeof methods)[number]
  readonly unique: boolean
  readonly where: string
  readonly concurrently: boolean
}

export const newIndexForm: IndexForm = {
  table: '',
  columns: [],
  method: 'btree',
  unique: false,
  where: '',
  concurrently: true,
}

/** For `POST /indexes`. */
export function indexBody(schema: string, { columns, where, ...form }: IndexForm): object {
  return { ...form, schema, columns: columns.map((name) => ({ name })), where: where.trim() === '' ? null : where }
}
