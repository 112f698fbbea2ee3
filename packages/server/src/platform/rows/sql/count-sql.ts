// How many rows there are, counted or estimated.

import { qualified, type Sql, sql } from '../../../database/sql.ts'
import type { Relation } from '../relation/relation.ts'
import { whereAll } from './filter-sql.ts'

/** Every row counted. */
export function countStatement(relation: Relation, conditions: readonly Sql[]): Sql {
  return sql`select count(*) as count from ${qualified(relation)}${whereAll(conditions)}`
}

/** What the planner expects; policies count as conditions. */
export function estimateStatement(relation: Relation, conditions: readonly Sql[]): Sql {
  return sql`explain (format json) select 1 from ${qualified(relation)}${whereAll(conditions)}`
}
