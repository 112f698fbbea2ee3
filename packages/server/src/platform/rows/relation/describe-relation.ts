// Reads what a table or view is, in the transaction that is about to use it.

import type { QualifiedName } from '../../../database/sql.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { type Column, type Reference, type Relation, type RelationHead, rowsBy } from './relation.ts'
import {
  columnsOfRelation,
  keyOfRelation,
  referencesOfRelation,
  relationByName,
  relationsOfSchema,
} from './sql/relation-sql.ts'

/** `whole` where the role may read every column, the system's among them: the version of a row is one. */
type FoundHead = RelationHead & { readonly oid: string; readonly whole: boolean }

/** Tables and views of a schema by name; empty for a schema that does not exist. */
export async function listRelations(session: PlatformSession, schema: string): Promise<readonly RelationHead[]> {
  const found = await session.rows<FoundHead>(relationsOfSchema, [schema])
  return found.map(({ oid: _oid, whole: _whole, ...head }) => head)
}

/** The relation as the session's role may see it. Refuses `platform.relation-unknown`. */
export async function describeRelation(session: PlatformSession, asked: QualifiedName): Promise<Relation> {
  const [found] = await session.rows<FoundHead>(relationByName, [asked.schema, asked.name])
  if (found === undefined) throw new Refusal('platform.relation-unknown', { schema: asked.schema, name: asked.name })
  const { oid, whole, ...head } = found
  const columns = await session.rows<Column>(columnsOfRelation, [oid])
  const key = (await session.rows<{ name: string }>(keyOfRelation, [oid])).map(({ name }) => name)
  const references = await session.rows<Reference>(referencesOfRelation, [oid])
  return { ...head, columns, key, references, rowsBy: whole ? rowsBy(head.kind, key) : null }
}

/** The column of that name. Refuses `platform.column-unknown`. */
export function columnOf(relation: Relation, name: string): Column {
  const column = relation.columns.find((each) => each.name === name)
  if (column !== undefined) return column
  throw new Refusal('platform.column-unknown', { schema: relation.schema, name: relation.name, column: name })
}
