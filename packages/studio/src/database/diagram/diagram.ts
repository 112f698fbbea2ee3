// A schema as `GET /diagram` tells it.

export interface DiagramColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly identity: boolean
  readonly primary: boolean
  readonly unique: boolean
}

export interface DiagramTable {
  readonly schema: string
  readonly name: string
  readonly kind: string
  readonly rls: boolean
  readonly comment: string
  readonly columns: readonly DiagramColumn[]
}

interface KeyEnd {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
}

export interface Relationship {
  readonly name: string
  readonly from: KeyEnd
  readonly to: KeyEnd
  /** A row of `to` has at most one of `from`. */
  readonly one: boolean
}

export interface Diagram {
  readonly tables: readonly DiagramTable[]
  readonly relationships: readonly Relationship[]
}

/** A table's name in a diagram of one schema. */
export function idOf(schema: string, name: string): string {
  return JSON.stringify([schema, name])
}
