// Rows to a response body, made by Postgres: JSON in its shapes, CSV, GeoJSON, or a function of the database.

import type { Routine } from '../../catalog/catalog.ts'
import { type Sql, sql } from '../../database/sql.ts'
import type { Handler } from '../plan/plan.ts'
import { answered } from './envelope.ts'
import { fullName, resultRows } from './names.ts'

/** The body's expression over the rows being answered with; `routine` is what returned them, if anything did. */
export function bodySql(handler: Handler, routine: Routine | null): Sql {
  switch (handler.kind) {
    case 'none':
      return sql`''`
    case 'json':
      return jsonSql(handler.stripNulls, routine)
    case 'single-json':
      return first(handler.stripNulls, returnsScalar(routine) ? scalar : answered)
    case 'csv':
      return sql`${csvHeader} || E'\n' || coalesce(string_agg(substring(${answered}::text, 2, length(${answered}::text) - 2), E'\n'), '')`
    case 'geojson':
      return sql`json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(ST_AsGeoJSON(${answered})::json), '[]'))`
    case 'custom':
      return customSql(handler, routine)
  }
}

/** True where a call gives one value that is no row. */
export function returnsScalar(routine: Routine | null): boolean {
  return routine !== null && !routine.returns.set && isScalar(routine)
}

/** True where what a call gives, once or many times, is no row. */
export function isScalar({ returns }: Routine): boolean {
  return returns.shape === 'scalar' || returns.shape === 'void'
}

const scalar = sql`${answered}.pgrst_scalar`

function jsonSql(stripNulls: boolean, routine: Routine | null): Sql {
  if (routine === null) return all(stripNulls, answered)
  const row = isScalar(routine) ? scalar : answered
  return routine.returns.set ? all(stripNulls, row) : first(stripNulls, row)
}

function all(stripNulls: boolean, row: Sql): Sql {
  return sql`coalesce(${stripped(stripNulls, sql`json_agg(${row})`)}, '[]')`
}

function first(stripNulls: boolean, row: Sql): Sql {
  return sql`coalesce(${stripped(stripNulls, sql`json_agg(${row})`)}->0, 'null')`
}

function stripped(stripNulls: boolean, json: Sql): Sql {
  return stripNulls ? sql`json_strip_nulls(${json})` : json
}

const csvHeader = sql`(SELECT coalesce(string_agg(a.k, ','), '') FROM (SELECT json_object_keys(r)::text AS k FROM (SELECT row_to_json(hh) AS r FROM ${resultRows} AS hh LIMIT 1) s) a)`

/** A scalar of a media type's domain is the body; anything else goes through the aggregate. */
function customSql({ handler }: Extract<Handler, { readonly kind: 'custom' }>, routine: Routine | null): Sql {
  const rows = returnsScalar(routine) ? scalar : answered
  if (handler.kind === 'routine') return rows
  const row = handler.relation === null || rows === scalar ? rows : sql`${rows}::${fullName(handler.relation)}`
  return sql`${fullName(handler.function)}(${row})`
}
