// What of the row an expression reads, and which schemas its names stand in. Sees more than there is rather than less.

import type { TableFacts } from '../../../tables/table-facts.ts'
import type { Node } from '../../../../../database/syntax/syntax.ts'

export interface RowReferences {
  /** Places of the columns in the table's facts. */
  readonly columns: ReadonlySet<number>
  /** It reads what only a stored row has: system columns, or something this cannot tell from them. */
  readonly needsStoredRow: boolean
  /** Schemas that must be entered to look its names up. */
  readonly schemas: ReadonlySet<string>
}

export function rowReferences(expressions: readonly Node[], facts: TableFacts): RowReferences {
  const found = new References(facts)
  for (const expression of expressions) found.walk(expression, false)
  return found
}

const SYSTEM_COLUMNS = new Set(['tableoid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax'])

/** Where trees keep names that may say a schema. */
const QUALIFIED = new Set(['names', 'funcname', 'name', 'collname', 'operName'])

class References implements RowReferences {
  readonly columns = new Set<number>()
  readonly schemas = new Set<string>()
  needsStoredRow = false
  readonly #table: string
  readonly #places: ReadonlyMap<string, number>

  constructor({ table, columns }: TableFacts) {
    this.#table = table
    this.#places = new Map(columns.map(({ name }, index) => [name, index]))
  }

  walk(value: unknown, isInner: boolean): void {
    if (Array.isArray(value)) {
      for (const item of value) this.walk(item, isInner)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) {
      if (key === 'ColumnRef') this.#refer((child as { fields?: readonly Node[] }).fields ?? [], isInner)
      else if (key === 'schemaname') this.schemas.add(String(child))
      else this.walk(child, isInner || key === 'SubLink')
      if (QUALIFIED.has(key) && Array.isArray(child) && child.length > 1) this.#qualify(child as readonly Node[])
    }
  }

  #qualify([first]: readonly Node[]): void {
    if (first !== undefined && 'String' in first && first.String.sval !== undefined) this.schemas.add(first.String.sval)
  }

  #refer(fields: readonly Node[], isInner: boolean): void {
    const [first, second] = fields.map((field) => ('String' in field ? field.String.sval : undefined))
    if (fields.length > 2 || first === undefined) this.needsStoredRow = true
    else if (fields.length === 1) this.#bare(first, isInner)
    else if (first === this.#table && second === undefined) this.#wholeRow()
    else if (first === this.#table && second !== undefined) this.#bare(second, false)
  }

  /** Within a subselect Postgres prints the row's columns with the table's name; a bare name there may be anything. */
  #bare(name: string, isInner: boolean): void {
    const place = this.#places.get(name)
    if (place !== undefined) this.columns.add(place)
    else if (!isInner || name === this.#table || SYSTEM_COLUMNS.has(name)) this.needsStoredRow = true
  }

  #wholeRow(): void {
    for (const place of this.#places.values()) this.columns.add(place)
  }
}
