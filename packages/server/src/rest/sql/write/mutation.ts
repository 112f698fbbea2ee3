// INSERT, UPDATE and DELETE.

import type { Relation } from '../../../catalog/catalog.ts'
import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { BodyColumn, Delete, Insert, MutationPlan, Update } from '../../plan/plan.ts'
import { settings } from '../envelope.ts'
import { columnOf, fullName } from '../names.ts'
import type { Parameters } from '../parameters.ts'
import { conditionSql, whereSql } from '../read/condition.ts'
import { bodyFromSql, bodyRows } from './json-rows.ts'

/** The statement that changes rows, with its RETURNING. */
export function mutationSql(plan: MutationPlan, parameters: Parameters): Sql {
  const { mutation, relation, returning } = plan
  switch (mutation.kind) {
    case 'insert':
      return sql`${insertSql(mutation, relation, parameters)}${returningSql(relation, returning)}`
    case 'update':
      if (mutation.rows.columns.length === 0) return untouchedSql(relation, returning)
      return sql`${updateSql(mutation, relation, parameters)}${returningSql(relation, returning)}`
    case 'delete':
      return sql`${deleteSql(mutation, relation, parameters)}${returningSql(relation, returning)}`
  }
}

function insertSql({ rows, conflict, keyConditions }: Insert, relation: Relation, parameters: Parameters): Sql {
  const names = rows.columns.map(({ name }) => identifier(name))
  const into = names.length === 0 ? sql`` : sql`(${join(names, sql`, `)})`
  const selected = rows.columns.map(({ name }) => columnOf(bodyRows, name))
  const from = bodyFromSql(rows, parameters)
  const counted = conflict?.do === 'merge' ? [countedInsert] : []
  const keyed = keyConditions.map((condition) => conditionSql(bodyRows, condition, parameters))
  const where = whereSql([...counted, ...keyed])
  const target = fullName(relation)
  return sql`INSERT INTO ${target}${into} SELECT ${join(selected, sql`, `)} ${from}${where}${conflictSql(conflict, rows.columns)}`
}

// Every row counts one up on its way in, and one down if it turns out to be an update.
const countedInsert = sql`set_config('pgrst.inserted', (coalesce(${settings.inserted}, 0) + 1)::text, true) <> '0'`
const countedUpdate = sql`set_config('pgrst.inserted', (coalesce(${settings.inserted}, 0) - 1)::text, true) <> '-1'`

function conflictSql(conflict: Insert['conflict'], columns: readonly BodyColumn[]): Sql {
  if (conflict === null || conflict.target.length === 0) return sql``
  const target = join(conflict.target.map(identifier), sql`, `)
  if (conflict.do === 'ignore' || columns.length === 0) return sql` ON CONFLICT(${target}) DO NOTHING`
  const assigned = columns.map(({ name }) => sql`${identifier(name)} = EXCLUDED.${identifier(name)}`)
  return sql` ON CONFLICT(${target}) DO UPDATE SET ${join(assigned, sql`, `)} WHERE ${countedUpdate}`
}

function updateSql({ rows, conditions }: Update, relation: Relation, parameters: Parameters): Sql {
  const target = fullName(relation)
  const assigned = rows.columns.map(({ name }) => sql`${identifier(name)} = ${columnOf(bodyRows, name)}`)
  const from = bodyFromSql(rows, parameters)
  const where = whereSql(conditions.map((condition) => conditionSql(target, condition, parameters)))
  return sql`UPDATE ${target} SET ${join(assigned, sql`, `)} ${from}${where}`
}

/** An UPDATE that sets nothing cannot be written; this gives its columns and no row. */
function untouchedSql(relation: Relation, returning: readonly string[]): Sql {
  const of = identifier(relation.name)
  const columns =
    returning.length === 0
      ? sql`NULL`
      : join(
          returning.map((name) => columnOf(of, name)),
          sql`, `,
        )
  return sql`SELECT ${columns} FROM ${fullName(relation)} WHERE false`
}

function deleteSql({ conditions }: Delete, relation: Relation, parameters: Parameters): Sql {
  const target = fullName(relation)
  const where = whereSql(conditions.map((condition) => conditionSql(target, condition, parameters)))
  return sql`DELETE FROM ${target}${where}`
}

/** Nobody looks at the rows: count them, which needs no privilege to SELECT. */
function returningSql(relation: Relation, returning: readonly string[]): Sql {
  if (returning.length === 0) return sql` RETURNING 1`
  const of = fullName(relation)
  const columns = returning.map((name) => columnOf(of, name))
  return sql` RETURNING ${join(columns, sql`, `)}`
}
