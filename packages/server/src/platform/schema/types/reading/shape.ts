// The shape of a database as type definitions need it. Plain data; ids are Postgres' own.

import type { KeyRelationship } from '../../../../catalog/catalog.ts'

export interface ColumnShape {
  readonly name: string
  /** Id of its type. */
  readonly type: string
  readonly nullable: boolean
  readonly hasDefault: boolean
  /** Postgres alone writes it. */
  readonly generated: boolean
  readonly writable: boolean
}

export interface RelationShape {
  readonly id: string
  readonly schema: string
  readonly name: string
  /** `relkind`; `c` is a composite type. */
  readonly kind: 'r' | 'p' | 'f' | 'v' | 'm' | 'c'
  readonly insertable: boolean
  readonly updatable: boolean
  readonly columns: readonly ColumnShape[]
}

export interface TypeShape {
  readonly id: string
  readonly schema: string
  readonly name: string
  /** `typtype`: base, composite, domain, enum, pseudo, range, multirange. */
  readonly kind: 'b' | 'c' | 'd' | 'e' | 'p' | 'r' | 'm'
  /** Of a domain. */
  readonly base: string | null
  /** Of an array. */
  readonly element: string | null
  /** Of a row type. */
  readonly relation: string | null
  readonly castsToJson: boolean
  readonly labels: readonly string[]
}

export interface ArgumentShape {
  readonly name: string
  readonly type: string
  /** `proargmodes`: in, out, inout, variadic, table. */
  readonly mode: 'i' | 'o' | 'b' | 'v' | 't'
  readonly input: boolean
}

export interface FunctionShape {
  readonly schema: string
  readonly name: string
  readonly returns: string
  readonly returnsSet: boolean
  readonly manyRows: boolean
  readonly arguments: readonly ArgumentShape[]
  /** How many of the last inputs may be left out. */
  readonly defaults: number
}

export interface DatabaseShape {
  /** The ones asked for, in the order in which they are printed. */
  readonly schemas: readonly string[]
  readonly relations: readonly RelationShape[]
  readonly types: ReadonlyMap<string, TypeShape>
  readonly functions: readonly FunctionShape[]
  /** Where a relation of the schemas refers to another, through views too. */
  readonly relationships: readonly KeyRelationship[]
}
