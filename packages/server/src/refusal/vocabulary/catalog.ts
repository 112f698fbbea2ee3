// Refusals of planning: what the request names and the database's schema does not have, or has twice.
// The planner gives data (a `suggestion` is the bare name that came closest); sentences are the renderer's.

/** One of several ways an embed could take. A `KeyRelationship` or `JunctionRelationship` of the catalog fits as it is. */
export type RelationshipCandidate =
  | {
      readonly kind: 'key'
      readonly cardinality: 'many-to-one' | 'one-to-many' | 'one-to-one'
      readonly origin: { readonly name: string }
      readonly target: { readonly name: string }
      readonly constraint: string
      readonly columns: readonly (readonly [origin: string, target: string])[]
    }
  | {
      readonly kind: 'junction'
      readonly origin: { readonly name: string }
      readonly target: { readonly name: string }
      readonly junction: { readonly name: string }
      readonly originConstraint: string
      readonly targetConstraint: string
      readonly originColumns: readonly (readonly [origin: string, junction: string])[]
      readonly targetColumns: readonly (readonly [target: string, junction: string])[]
    }

/** One of several overloads a call could mean. A `Routine` of the catalog fits as it is. */
export interface RoutineCandidate {
  readonly schema: string
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: string }[]
}

export interface CatalogRefusals {
  /** The first catalog has not been read yet. Seconds. */
  'catalog.not-loaded': { readonly retryAfter: number }
  'catalog.relation-unknown': {
    readonly schema: string
    readonly relation: string
    /** The relation of the same schema that the writer may have meant. */
    readonly suggestion: string | null
  }
  'catalog.relationship-unknown': {
    readonly schema: string
    readonly origin: string
    readonly target: string
    /** What stood behind `!`. */
    readonly hint: string | null
    /** `written` is the one of the two names that is wrong, `meant` the one that may have been meant. */
    readonly suggestion: { readonly written: string; readonly meant: string } | null
  }
  'catalog.relationship-ambiguous': {
    readonly origin: string
    readonly target: string
    readonly candidates: readonly RelationshipCandidate[]
  }
  'catalog.routine-unknown': {
    readonly schema: string
    readonly routine: string
    /** Names of the arguments given, in the order of the request. */
    readonly arguments: readonly string[]
    /** For POST: the kind of single unnamed parameter the body could have gone to; null for the other methods and for forms. */
    readonly unnamedParameter: 'json' | 'text' | 'xml' | 'bytea' | null
    /** A function's name, or the name of this one with the parameters it takes: `add(a, b)`. */
    readonly suggestion: string | null
  }
  'catalog.routine-ambiguous': { readonly candidates: readonly RoutineCandidate[] }
  'catalog.column-unknown': { readonly relation: string; readonly column: string }
}
