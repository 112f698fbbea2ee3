// What stands in the sheet, as plain values: of a new table, or of one that exists.

import type { ColumnType, ForeignKey, TableColumn, TableDetail } from '../../table.ts'
import { type DefaultReading, textOfDefault } from './default-value.ts'

export interface ColumnForm {
  /** Keeps the row apart from others while names change. */
  readonly key: string
  /** Its name in the database; null for a new one. */
  readonly original: string | null
  readonly name: string
  readonly type: string
  readonly isArray: boolean
  /** SQL that makes values of a new type of those that are there; nothing: a cast. */
  readonly using: string
  readonly defaultText: string
  readonly defaultReading: DefaultReading
  readonly nullable: boolean
  readonly unique: boolean
  readonly primaryKey: boolean
  readonly identity: 'always' | 'by default' | null
  readonly check: string
  readonly comment: string
  /** Computed by the database: it has no default of its own. */
  readonly generated: boolean
}

export interface ForeignKeyForm extends Omit<ForeignKey, 'name'> {
  readonly key: string
  /** Its name in the database; null for a new one, and for one that was changed here. */
  readonly original: string | null
}

export interface TableForm {
  readonly name: string
  readonly comment: string
  readonly rowSecurity: boolean
  readonly realtime: boolean
  readonly columns: readonly ColumnForm[]
  readonly foreignKeys: readonly ForeignKeyForm[]
}

/** A column of which nothing is known yet. */
export function emptyColumn(): ColumnForm {
  return {
    key: crypto.randomUUID(),
    original: null,
    name: '',
    type: '',
    isArray: false,
    using: '',
    defaultText: '',
    defaultReading: 'auto',
    nullable: true,
    unique: false,
    primaryKey: false,
    identity: null,
    check: '',
    comment: '',
    generated: false,
  }
}

/** Nearly every table has these two. */
export function newTableForm(): TableForm {
  const id = { name: 'id', type: 'int8', identity: 'by default', primaryKey: true, nullable: false } as const
  const createdAt = { name: 'created_at', type: 'timestamptz', defaultText: 'now()', nullable: false }
  return {
    name: '',
    comment: '',
    rowSecurity: true,
    realtime: false,
    columns: [
      { ...emptyColumn(), ...id },
      { ...emptyColumn(), ...createdAt },
    ],
    foreignKeys: [],
  }
}

/** A table as it is; types by the names that `types` gives them. */
export function formOf(table: TableDetail, types: readonly ColumnType[]): TableForm {
  return {
    name: table.name,
    comment: table.comment ?? '',
    rowSecurity: table.rowSecurity,
    realtime: table.realtime,
    columns: table.columns.map((column) => columnForm(column, types)),
    foreignKeys: table.foreignKeys.map(({ name, ...rest }) => ({ ...rest, key: name, original: name })),
  }
}

function columnForm(column: TableColumn, types: readonly ColumnType[]): ColumnForm {
  const declared = column.element ?? column.type
  const { text, reading } = textOfDefault(column.default)
  return {
    key: column.name,
    original: column.name,
    name: column.name,
    type: types.find(({ type }) => type === declared)?.name ?? declared,
    isArray: column.isArray,
    using: '',
    defaultText: text,
    defaultReading: reading,
    nullable: column.nullable,
    unique: column.unique,
    primaryKey: column.primaryKey,
    identity: column.identity,
    check: column.checks[0]?.expression ?? '',
    comment: column.comment ?? '',
    generated: column.generated !== null,
  }
}
