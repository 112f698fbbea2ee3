// The resolved select: a tree of queries, each with what it takes from where, and how its children are
// shown in it. Every name here exists or is Postgres's to judge; aliases are final.

import type { Relationship, RelationName } from '../../../catalog/catalog.ts'
import type { AggregateFunction, JsonStep, Operation, Range, SelectItem } from '../../request/api-request.ts'

/** Where a query's rows come from. */
export type Source =
  | { readonly kind: 'relation'; readonly name: RelationName; readonly alias: string | null }
  /** The rows a mutation or a function call left, under the name of the relation they belong to. */
  | { readonly kind: 'result'; readonly alias: string }
  /** A function of the parent's row. */
  | {
      readonly kind: 'computed'
      readonly function: RelationName
      /** The name that the parent's row has in its own query, and the relation the row is of. */
      readonly row: string
      readonly rowOf: RelationName
      readonly alias: string
    }

/** What stands before the dot of a column: an alias, or a relation's full name. */
export type Qualifier = { readonly alias: string } | { readonly relation: RelationName }

/** A column (or computed column, or anything Postgres finds under that name) and how its value is made usable. */
export interface ResolvedField {
  readonly name: string
  readonly path: readonly JsonStep[]
  /** Arrow operators need json: true where the column's type is anything else. Matters with a `path` only. */
  readonly toJsonb: boolean
  /** Declared type as `format_type` prints it; empty where unknown. */
  readonly type: string
  /** Function that turns the value into, or out of, the domain's own representation. */
  readonly transform: RelationName | null
}

export interface SelectedField {
  /** `row` is the whole row, for counting rows of a spread embed. */
  readonly field: ResolvedField | { readonly kind: 'row' }
  readonly cast: string | null
  readonly aggregate: Aggregate | null
  readonly alias: string | null
}

export interface Aggregate {
  readonly function: AggregateFunction
  readonly cast: string | null
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly negated: boolean; readonly members: readonly Condition[] }
  | { readonly kind: 'filter'; readonly filter: ResolvedFilter }
  /** Whether an embed has a row: `negated` asks for one. */
  | { readonly kind: 'embed-null'; readonly negated: boolean; readonly joinAlias: string }

export interface ResolvedFilter {
  readonly field: ResolvedField
  /** The column is no tsvector and is made one. */
  readonly wrapsTextSearch: boolean
  readonly negated: boolean
  readonly operation: Operation
}

export interface OrderBy {
  /** Null: the query's own column. Else the join alias of a to-one embed. */
  readonly joinAlias: string | null
  readonly field: ResolvedField
  readonly direction: 'asc' | 'desc' | null
  readonly nulls: 'first' | 'last' | null
}

export interface JoinCondition {
  readonly left: { readonly of: Qualifier; readonly column: string }
  readonly right: { readonly of: Qualifier; readonly column: string }
}

export interface ReadNode {
  readonly source: Source
  /** A junction table beside the source. */
  readonly junction: RelationName | null
  readonly joins: readonly JoinCondition[]
  /** Empty with embeds: only those; empty without: everything. */
  readonly fields: readonly SelectedField[]
  /** Fields a to-many spread orders by, selected beside the others under aliases of their own. */
  readonly orderFields: readonly { readonly joinAlias: string | null; readonly selected: SelectedField }[]
  readonly conditions: readonly Condition[]
  readonly order: readonly OrderBy[]
  readonly range: Range
  readonly embeds: readonly Embed[]
}

/** A child query and its place in the parent's row. */
export interface Embed {
  readonly node: ReadNode
  readonly relationship: Relationship
  /** The lateral join's alias in the parent's query. */
  readonly joinAlias: string
  readonly join: 'inner' | 'left'
  /** What filters and orders call it. */
  readonly name: string
  readonly shown: Shown
}

export type Shown =
  | {
      readonly kind: 'object' | 'array'
      readonly key: string
      /** Selects nothing anywhere below: joined, but left out of the row. */
      readonly empty: boolean
    }
  | { readonly kind: 'spread-object'; readonly fields: readonly SpreadField[] }
  | { readonly kind: 'spread-arrays'; readonly fields: readonly SpreadField[]; readonly order: readonly OrderBy[] }

/** One column that a spread child gives its parent; `aggregate` is applied in the parent. */
export interface SpreadField {
  readonly name: string
  readonly alias: string | null
  readonly aggregate: Aggregate | null
}

/** True where the relationship gives at most one row. */
export function isToOne(relationship: Relationship): boolean {
  if (relationship.kind === 'computed') return relationship.toOne
  return relationship.kind === 'key' && relationship.cardinality !== 'one-to-many'
}

/** All rows, from the first. */
export const everything: Range = { offset: 0, limit: null }

/** What asks for a child query. */
export type EmbedItem = Extract<SelectItem, { readonly kind: 'embed' | 'spread' }>
