// The catalog as JSON in the shape of PostgREST's schema cache, for debugging (`--dump-schema`, `/schema_cache`).
// Members stand in the order of their names, as there.

import type {
  Catalog,
  Column,
  MediaHandler,
  Relation,
  RelationName,
  Relationship,
  Representation,
  Routine,
  RoutineReturn,
} from '../../catalog/catalog.ts'

type Json = Readonly<Record<string, unknown>>

/** Plain data, ready for JSON. */
export function dumpCatalog(catalog: Catalog): Json {
  const relations = [...catalog.relations.values()].flatMap((named) => [...named.values()])
  const routines = [...catalog.routines].flatMap(([schema, named]) =>
    [...named].map(([name, overloads]) => [nameOf({ schema, name }), overloads.map(routineOf)]),
  )
  return {
    dbMediaHandlers: [...builtIn, ...catalog.mediaHandlers.map(handlerOf)],
    dbRelationships: relationshipsOf(catalog),
    dbRepresentations: catalog.representations.map(representationOf),
    dbRoutines: routines,
    dbTables: relations.map((relation) => [nameOf(relation), relationOf(relation)]),
  }
}

function nameOf({ schema, name }: RelationName): Json {
  return { qiName: name, qiSchema: schema }
}

function relationOf(relation: Relation): Json {
  return {
    tableColumns: Object.fromEntries([...relation.columns].map(([name, column]) => [name, columnOf(column)])),
    tableDeletable: relation.deletable,
    tableDescription: relation.description,
    tableInsertable: relation.insertable,
    tableIsView: relation.kind === 'view' || relation.kind === 'materialized-view',
    tableName: relation.name,
    tablePKCols: relation.primaryKey,
    tableSchema: relation.schema,
    tableUpdatable: relation.updatable,
  }
}

function columnOf(column: Column): Json {
  return {
    colDefault: column.defaultExpression,
    colDescription: column.description,
    colEnum: column.enumLabels,
    colMaxLen: column.maxLength,
    colName: column.name,
    colNominalType: column.type,
    colNullable: column.nullable,
    colType: column.baseType,
  }
}

function routineOf(routine: Routine): Json {
  return {
    pdDescription: routine.description,
    pdFuncSettings: routine.settings,
    pdHasVariadic: routine.variadic,
    pdIsoLvl: routine.isolation,
    pdName: routine.name,
    pdParams: routine.parameters.map(({ name, required, type, castType, variadic }) => ({
      ppName: name,
      ppReq: required,
      ppType: type,
      ppTypeMaxLength: castType,
      ppVar: variadic,
    })),
    pdReturnType: returnOf(routine.returns),
    pdSchema: routine.schema,
    pdVolatility: `${routine.volatility[0]?.toUpperCase() ?? ''}${routine.volatility.slice(1)}`,
  }
}

function returnOf({ set, shape, type, compositeAlias }: RoutineReturn): Json {
  const isRow = shape === 'composite' || shape === 'relation'
  const value = isRow
    ? { contents: [nameOf(type), compositeAlias], tag: 'Composite' }
    : { contents: nameOf(type), tag: 'Scalar' }
  return { contents: value, tag: set ? 'SetOf' : 'Single' }
}

/** By origin and the schema of the target. */
function relationshipsOf(catalog: Catalog): readonly unknown[] {
  return [...catalog.relationships].flatMap(([schema, named]) =>
    [...named].flatMap(([name, relationships]) => {
      const bySchema = Map.groupBy(relationships, ({ target }) => target.schema)
      return [...bySchema].map(([target, those]) => [[nameOf({ schema, name }), target], those.map(relationshipOf)])
    }),
  )
}

function relationshipOf(relationship: Relationship): Json {
  const { origin, target, selfReferencing, originIsView, targetIsView } = relationship
  if (relationship.kind === 'computed') {
    return {
      relFTableIsView: targetIsView,
      relForeignTable: nameOf(target),
      relFunction: nameOf(relationship.function),
      relIsSelf: selfReferencing,
      relTable: nameOf(origin),
      relTableAlias: nameOf({ schema: '', name: '' }),
      relToOne: relationship.toOne,
      tag: 'ComputedRelationship',
    }
  }
  return {
    relCardinality: cardinalityOf(relationship),
    relFTableIsView: targetIsView,
    relForeignTable: nameOf(target),
    relIsSelf: selfReferencing,
    relTable: nameOf(origin),
    relTableIsView: originIsView,
    tag: 'Relationship',
  }
}

function cardinalityOf(relationship: Exclude<Relationship, { readonly kind: 'computed' }>): Json {
  if (relationship.kind === 'junction') {
    const { junction, originConstraint, originColumns, targetConstraint, targetColumns } = relationship
    return {
      contents: {
        junColsSource: originColumns,
        junColsTarget: targetColumns,
        junConstraint1: originConstraint,
        junConstraint2: targetConstraint,
        junTable: nameOf(junction),
      },
      tag: 'M2M',
    }
  }
  const { cardinality, constraint, columns, originIsReferenced } = relationship
  const key = { relColumns: columns, relCons: constraint }
  switch (cardinality) {
    case 'many-to-one':
      return { ...key, tag: 'M2O' }
    case 'one-to-many':
      return { ...key, tag: 'O2M' }
    case 'one-to-one':
      return { ...key, relIsParent: originIsReferenced, tag: 'O2O' }
  }
}

function representationOf({ source, target, function: by }: Representation): readonly unknown[] {
  const [from, to] = [source, target]
  return [[from, to], { drFunction: `${by.schema}.${by.name}`, drSourceType: source, drTargetType: target }]
}

function handlerOf({ mediaType, relation, function: by, kind }: MediaHandler): readonly unknown[] {
  const handled = relation === null ? { tag: 'RelAnyElement' } : { contents: nameOf(relation), tag: 'RelId' }
  const handler = { contents: nameOf(by), tag: kind === 'aggregate' ? 'CustomFunc' : 'CustomRoutine' }
  return [
    [handled, { contents: mediaType, tag: 'MTOther' }],
    [handler, { contents: mediaType, tag: 'MTOther' }],
  ]
}

/** What every relation can be shown as. */
const builtIn = [
  ['MTAny', 'BuiltinOvAggJson', 'MTApplicationJSON'],
  ['MTApplicationJSON', 'BuiltinOvAggJson', 'MTApplicationJSON'],
  ['MTTextCSV', 'BuiltinOvAggCsv', 'MTTextCSV'],
].map(([asked, handler, given]) => [
  [{ tag: 'RelAnyElement' }, { tag: asked }],
  [{ tag: handler }, { tag: given }],
])
