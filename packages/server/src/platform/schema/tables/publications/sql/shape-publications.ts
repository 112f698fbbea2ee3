// Publications: what there is, and the statements that make and change one.

import { identifier, join, literal, qualified, type QualifiedName, type Sql, sql } from '../../../../../database/sql.ts'
import type { NewPublication, PublicationChange } from '../publication-input.ts'

/** Parameter: the name or null for all. */
export const listPublications: Sql = sql`
  select p.pubname as name, pg_get_userbyid(p.pubowner) as owner, p.puballtables as "allTables",
    array_remove(array[case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
      case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end], null) as operations,
    (select coalesce(jsonb_agg(jsonb_build_object('schema', t.schemaname, 'name', t.tablename)
        order by t.schemaname, t.tablename), '[]')
      from pg_publication_tables t where t.pubname = p.pubname) as tables
  from pg_publication p where $1::text is null or p.pubname = $1
  order by p.pubname`

/** CREATE PUBLICATION, of no table where none is named. */
export function createPublication({ name, allTables, tables, operations }: NewPublication): Sql {
  const which = tables.length === 0 ? sql`` : sql` for table ${list(tables)}`
  return sql`create publication ${identifier(name)}${allTables ? sql` for all tables` : which} ${publish(operations, sql`with`)}`
}

/** In the order in which they are run; the new name comes last. */
export function alterPublication(at: string, { name, operations, tables }: PublicationChange): readonly Sql[] {
  const alter = (action: Sql): Sql => sql`alter publication ${identifier(at)} ${action}`
  return [
    ...(operations === undefined ? [] : [alter(publish(operations, sql`set`))]),
    ...(tables.add.length === 0 ? [] : [alter(sql`add table ${list(tables.add)}`)]),
    ...(tables.drop.length === 0 ? [] : [alter(sql`drop table ${list(tables.drop)}`)]),
    ...(name === undefined || name === at ? [] : [alter(sql`rename to ${identifier(name)}`)]),
  ]
}

/** DROP PUBLICATION. */
export function dropPublication(name: string): Sql {
  return sql`drop publication ${identifier(name)}`
}

function publish(operations: NewPublication['operations'], word: Sql): Sql {
  return sql`${word} (publish = ${literal(operations.join(', '))})`
}

function list(tables: readonly QualifiedName[]): Sql {
  return join(tables.map(qualified), sql`, `)
}
