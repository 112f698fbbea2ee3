// What will be done: the output of the planning stage. Frozen data; nothing in it can be refused any more
// except by Postgres, or by what comes back (singular, max-affected).

import type { MediaHandler, Parameter, Relation, RelationName, Routine } from '../../catalog/catalog.ts'
import type { Preferences, Range } from '../request/api-request.ts'
import type { PlanOption } from '../request/media-type.ts'
import type { Condition, ReadNode } from './tree/read-tree.ts'

export type Plan = ReadPlan | MutationPlan | CallPlan | DescribePlan | OptionsPlan

interface AnsweringPlan {
  readonly schema: string
  readonly tree: ReadNode
  readonly answer: Answer
  /** The root's range as the client asked for it, before `maxRows`. */
  readonly range: Range
  readonly count: Preferences['count']
  readonly maxRows: number | null
  /** Embeds that were named by their relation though they have an alias. */
  readonly legacyNames: readonly LegacyName[]
}

export interface LegacyName {
  readonly relation: string
  readonly alias: string
}

/** SELECT from a relation. */
export interface ReadPlan extends AnsweringPlan {
  readonly kind: 'read'
  readonly relation: RelationName
  readonly headersOnly: boolean
}

/** INSERT, UPDATE or DELETE, then the tree over what came of it. */
export interface MutationPlan extends AnsweringPlan {
  readonly kind: 'mutation'
  readonly relation: Relation
  readonly mutation: Mutation
  /** Columns of RETURNING; `*` alone for all; empty where nobody will look. */
  readonly returning: readonly string[]
  readonly return: 'minimal' | 'headers-only' | 'representation'
}

export type Mutation = Insert | Update | Delete

/** A JSON body and how to read rows out of it. */
export interface JsonRows {
  /** As sent. */
  readonly json: string
  readonly shape: 'object' | 'array'
  readonly columns: readonly BodyColumn[]
  /** Missing keys become the column's default instead of NULL. */
  readonly applyDefaults: boolean
}

export interface BodyColumn {
  readonly name: string
  /** What json_to_record makes of the value. */
  readonly type: string
  /** The domain's own function from that. */
  readonly transform: RelationName | null
  /** SQL expression, from the catalog. */
  readonly defaultExpression: string | null
}

export interface Insert {
  readonly kind: 'insert'
  readonly rows: JsonRows
  /** An empty target conflicts with nothing. */
  readonly conflict: { readonly do: 'merge' | 'ignore'; readonly target: readonly string[] } | null
  /** PUT: the primary key's values in the address, which the body must repeat. Empty for POST. */
  readonly keyConditions: readonly Condition[]
  readonly primaryKey: readonly string[]
}

export interface Update {
  readonly kind: 'update'
  readonly rows: JsonRows
  readonly conditions: readonly Condition[]
}

export interface Delete {
  readonly kind: 'delete'
  readonly conditions: readonly Condition[]
}

/** A function call, then the tree over what it returned. */
export interface CallPlan extends AnsweringPlan {
  readonly kind: 'call'
  readonly routine: Routine
  readonly arguments: CallArguments
  /** Columns taken from the result: those of the tree, its filters and its joins. `*` alone for all. */
  readonly returning: readonly string[]
  readonly readOnly: boolean
  readonly headersOnly: boolean
}

export type CallArguments =
  | { readonly kind: 'none' }
  /** The one unnamed parameter takes the whole body. Bytes for `bytea`. */
  | { readonly kind: 'whole'; readonly type: string; readonly value: string | Buffer | null }
  /** Each value as text. */
  | {
      readonly kind: 'direct'
      readonly values: readonly { readonly parameter: Parameter; readonly value: ArgumentValue }[]
    }
  /** Values out of a JSON object (or the first of an array). */
  | {
      readonly kind: 'json'
      readonly json: string
      readonly shape: 'object' | 'array'
      readonly parameters: readonly Parameter[]
    }

export type ArgumentValue =
  | { readonly kind: 'single'; readonly text: string }
  | { readonly kind: 'variadic'; readonly texts: readonly string[] }

/** The OpenAPI description of a schema. */
export interface DescribePlan {
  readonly kind: 'describe'
  readonly schema: string
  /** Of OpenAPI. */
  readonly version: '2.0' | '3.1'
  /** What the description is called, without charset. */
  readonly mediaType: string
  readonly headersOnly: boolean
}

/** OPTIONS: answered from the catalog alone. */
export interface OptionsPlan {
  readonly kind: 'options'
  readonly allow: readonly string[]
}

/** How rows become a body, and what the body is called. */
export interface Answer {
  readonly handler: Handler
  /** Without charset. */
  readonly mediaType: string
  /** Exactly one row, or it is refused. */
  readonly singular: boolean
  /** The execution plan instead of the result. */
  readonly explain: { readonly format: 'text' | 'json'; readonly options: readonly PlanOption[] } | null
}

export type Handler =
  | { readonly kind: 'json'; readonly stripNulls: boolean }
  | { readonly kind: 'single-json'; readonly stripNulls: boolean }
  | { readonly kind: 'csv' | 'geojson' }
  /** A function of the database: an aggregate over the rows, or the function called, whose value is the body. */
  | { readonly kind: 'custom'; readonly handler: MediaHandler }
  /** No body is wanted. */
  | { readonly kind: 'none' }
