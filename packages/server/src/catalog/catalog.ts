// What exists in the database: one immutable snapshot, replaced whole when the schema changes.
// Reading it is `read-catalog.ts`; keeping it fresh is `catalog-keeper.ts`. Everything here is plain data.

/** A snapshot of the database's schema. Frozen; requests under way keep the one they began with. */
export interface Catalog {
  readonly kind: 'catalog'
  /** Grows by one with every load; plans may be cached under it. */
  readonly version: number
  /** `server_version_num`, e.g. 180004. */
  readonly serverVersion: number
  /** PostGIS, which makes GeoJSON of rows, is installed. */
  readonly makesGeoJson: boolean
  /** schema → name → relation. Only schemas that are exposed or on the extra search path. */
  readonly relations: ReadonlyMap<string, ReadonlyMap<string, Relation>>
  /** schema → name → overloads. Only schemas that are exposed. */
  readonly routines: ReadonlyMap<string, ReadonlyMap<string, readonly Routine[]>>
  /**
   * Origin relation (`schema` → `name`) → every relationship that starts there. Empty where there are only such
   * as lead through a schema that is not exposed.
   */
  readonly relationships: ReadonlyMap<string, ReadonlyMap<string, readonly Relationship[]>>
  /** Casts that give a domain its own representation. */
  readonly representations: readonly Representation[]
  /** Media types that functions and aggregates produce (domains named like a media type). */
  readonly mediaHandlers: readonly MediaHandler[]
  /** role → settings (`rolconfig`) that the authenticator may apply, with the role's isolation level apart. */
  readonly roleSettings: ReadonlyMap<string, RoleSettings>
}

export interface RelationName {
  readonly schema: string
  readonly name: string
}

export type RelationKind = 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table'

export interface Relation extends RelationName {
  readonly kind: RelationKind
  readonly description: string | null
  readonly insertable: boolean
  readonly updatable: boolean
  readonly deletable: boolean
  /** In the relation's own order. */
  readonly columns: ReadonlyMap<string, Column>
  /** Empty where there is none; traced through the definition for views. */
  readonly primaryKey: readonly string[]
  /** Row Level Security: off for views. */
  readonly rowSecurity: { readonly enabled: boolean; readonly forced: boolean }
  readonly policies: readonly Policy[]
}

export interface Column {
  readonly name: string
  readonly description: string | null
  /** As `format_type` prints it, e.g. `character varying(255)`; what a cast needs. */
  readonly type: string
  /** The column's own type, `type` behind its domains; decides about wrapping in to_jsonb or to_tsvector. */
  readonly baseType: string
  /** Schema-qualified name of the declared type, for domain representations. */
  readonly typeName: string
  readonly nullable: boolean
  /** Expression text; `nextval(…)` for identity columns; the domain's default where the column has none. */
  readonly defaultExpression: string | null
  readonly generated: boolean
  readonly maxLength: number | null
  /** Labels of an enum type, else empty. */
  readonly enumLabels: readonly string[]
}

export interface Policy {
  readonly name: string
  readonly permissive: boolean
  readonly command: 'select' | 'insert' | 'update' | 'delete' | 'all'
  /** Empty means PUBLIC. */
  readonly roles: readonly string[]
  readonly using: string | null
  readonly check: string | null
}

/** A way from `origin` to `target` that an embed may take. */
export type Relationship = KeyRelationship | JunctionRelationship | ComputedRelationship

interface RelationshipEnds {
  readonly origin: RelationName
  readonly target: RelationName
  readonly selfReferencing: boolean
  readonly originIsView: boolean
  readonly targetIsView: boolean
}

/** Along one foreign key, in either direction. */
export interface KeyRelationship extends RelationshipEnds {
  readonly kind: 'key'
  readonly cardinality: 'many-to-one' | 'one-to-many' | 'one-to-one'
  readonly constraint: string
  /** True where `origin` is the side that is referenced (matters for one-to-one only). */
  readonly originIsReferenced: boolean
  /** [column of origin, column of target], in the constraint's order. */
  readonly columns: readonly (readonly [origin: string, target: string])[]
}

/** Many to many, through a junction table. */
export interface JunctionRelationship extends RelationshipEnds {
  readonly kind: 'junction'
  readonly cardinality: 'many-to-many'
  readonly junction: RelationName
  readonly originConstraint: string
  readonly targetConstraint: string
  readonly originColumns: readonly (readonly [origin: string, junction: string])[]
  readonly targetColumns: readonly (readonly [target: string, junction: string])[]
}

/** A function of one row-typed argument that returns rows of another relation. */
export interface ComputedRelationship extends RelationshipEnds {
  readonly kind: 'computed'
  readonly function: RelationName
  readonly toOne: boolean
}

export interface Routine extends RelationName {
  readonly description: string | null
  readonly parameters: readonly Parameter[]
  readonly returns: RoutineReturn
  readonly volatility: 'volatile' | 'stable' | 'immutable'
  readonly variadic: boolean
  readonly isolation: string | null
  /** Settings of the function that are hoisted to the transaction. */
  readonly settings: readonly (readonly [name: string, value: string])[]
}

export interface Parameter {
  /** Empty for the single unnamed parameter. */
  readonly name: string
  readonly type: string
  /** `type` without a length limit that would truncate (`bit` → `bit varying`, `character` → `character varying`). */
  readonly castType: string
  readonly required: boolean
  readonly variadic: boolean
}

export interface RoutineReturn {
  readonly set: boolean
  /** `relation`: rows of a table or view; `composite`: rows of a type of its own (TABLE, several OUT). */
  readonly shape: 'scalar' | 'composite' | 'relation' | 'void'
  /** Schema and name of the returned type (for `relation`, of the relation). */
  readonly type: RelationName
  /** True where a composite comes through an alias (domain over a composite). */
  readonly compositeAlias: boolean
  /** A single OUT column or scalar: what the value is called, if it has a name. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

export interface Representation {
  readonly source: string
  readonly target: string
  /** Quoted, schema-qualified function name. */
  readonly function: RelationName
}

export interface MediaHandler {
  readonly mediaType: string
  /** The relation it is for; null = any (`anyelement`). */
  readonly relation: RelationName | null
  readonly function: RelationName
  /** `aggregate` over rows, or a `routine` whose result is the body. */
  readonly kind: 'aggregate' | 'routine'
  /** The media type's domain is over `bytea`: Postgres prints the body as `\\x…`. */
  readonly bytes: boolean
}

export interface RoleSettings {
  readonly isolation: string | null
  readonly settings: readonly (readonly [name: string, value: string])[]
}

/** The relation of this name, or undefined. */
export function findRelation(catalog: Catalog, name: RelationName): Relation | undefined {
  return catalog.relations.get(name.schema)?.get(name.name)
}

/** All overloads of this name; empty where there is none. */
export function findRoutines(catalog: Catalog, name: RelationName): readonly Routine[] {
  return catalog.routines.get(name.schema)?.get(name.name) ?? []
}

/** All relationships that start at this relation. */
export function relationshipsFrom(catalog: Catalog, name: RelationName): readonly Relationship[] {
  return catalog.relationships.get(name.schema)?.get(name.name) ?? []
}
