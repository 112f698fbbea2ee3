// Catalogs for tests, a few words a relation.

import type { Catalog, Column, Relation, Relationship, Routine } from '../../catalog/catalog.ts'

/** A column of this type, optionally `not null`; a domain's base type behind a slash: `test.color/integer`. */
export function column(name: string, declared: string, more: Partial<Column> = {}): Column {
  const [type = '', base = type] = declared.split('/')
  return {
    name,
    description: null,
    type,
    baseType: base,
    typeName: type,
    nullable: true,
    defaultExpression: null,
    generated: false,
    maxLength: null,
    enumLabels: [],
    ...more,
  }
}

/** A table of schema `test` whose columns are `name: type`, with `id` as its key where it has one. */
export function table(name: string, columns: Readonly<Record<string, string>>, more: Partial<Relation> = {}): Relation {
  return {
    schema: 'test',
    name,
    kind: 'table',
    description: null,
    insertable: true,
    updatable: true,
    deletable: true,
    columns: new Map(Object.entries(columns).map(([each, type]) => [each, column(each, type)])),
    primaryKey: 'id' in columns ? ['id'] : [],
    rowSecurity: { enabled: false, forced: false },
    policies: [],
    ...more,
  }
}

/** Both directions of a foreign key `from.column → to.id`. */
export function foreignKey(from: string, key: string, to: string, constraint = `${from}_${key}_fkey`): Relationship[] {
  const ends = {
    originIsView: false,
    targetIsView: false,
    selfReferencing: from === to,
    kind: 'key',
    constraint,
  } as const
  const child = { schema: 'test', name: from }
  const parent = { schema: 'test', name: to }
  return [
    {
      ...ends,
      origin: child,
      target: parent,
      cardinality: 'many-to-one',
      originIsReferenced: false,
      columns: [[key, 'id']],
    },
    {
      ...ends,
      origin: parent,
      target: child,
      cardinality: 'one-to-many',
      originIsReferenced: true,
      columns: [['id', key]],
    },
  ]
}

/** A function of schema `test`; parameters are `name: type`, an optional one ends in `?`. */
export function routine(
  name: string,
  parameters: Readonly<Record<string, string>>,
  returns: Partial<Routine['returns']> = {},
  more: Partial<Routine> = {},
): Routine {
  return {
    schema: 'test',
    name,
    description: null,
    parameters: Object.entries(parameters).map(([each, type]) => ({
      name: each.replace('?', ''),
      type,
      castType: type,
      required: !each.endsWith('?'),
      variadic: type.endsWith('[]') && each === 'v',
    })),
    returns: {
      set: false,
      shape: 'scalar',
      type: { schema: 'pg_catalog', name: 'int4' },
      compositeAlias: false,
      columns: [],
      ...returns,
    },
    volatility: 'volatile',
    variadic: 'v' in parameters,
    isolation: null,
    settings: [],
    ...more,
  }
}

interface Parts {
  readonly tables?: readonly Relation[]
  readonly relationships?: readonly Relationship[]
  readonly routines?: readonly Routine[]
  readonly representations?: Catalog['representations']
  readonly mediaHandlers?: Catalog['mediaHandlers']
}

export function catalogOf({ tables = [], relationships = [], routines = [], ...more }: Parts): Catalog {
  const starts = Map.groupBy(relationships, ({ origin }) => origin.name)
  const overloads = Map.groupBy(routines, ({ name }) => name)
  return {
    kind: 'catalog',
    version: 1,
    serverVersion: 180_000,
    makesGeoJson: false,
    relations: new Map([['test', new Map(tables.map((each) => [each.name, each]))]]),
    routines: new Map([['test', overloads]]),
    relationships: new Map([['test', starts]]),
    representations: more.representations ?? [],
    mediaHandlers: more.mediaHandlers ?? [],
    roleSettings: new Map(),
  }
}
