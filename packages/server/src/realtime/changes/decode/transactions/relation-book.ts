// The tables that the stream has described, by what it calls them.

import type { Relation } from '../../change.ts'

export class RelationBook {
  readonly #relations = new Map<number, Relation>()

  /** Throws on one that was never described: the stream says what a table is before it says what happened to it. */
  find(oid: number): Relation {
    const relation = this.#relations.get(oid)
    if (relation === undefined) throw new Error(`The replication stream has not described relation ${oid}.`)
    return relation
  }

  /**
   * Keeps a description, and says whether it differs from the one before. One that does not is not taken, so that a
   * table stays the same object for as long as it stays the same.
   */
  describe(relation: Relation): boolean {
    const known = this.#relations.get(relation.oid)
    if (known !== undefined && isSame(known, relation)) return false
    this.#relations.set(relation.oid, relation)
    return known !== undefined
  }
}

function isSame(one: Relation, other: Relation): boolean {
  return (
    one.schema === other.schema &&
    one.table === other.table &&
    one.replicaIdentity === other.replicaIdentity &&
    one.columns.length === other.columns.length &&
    one.columns.every((column, index) => {
      const twin = other.columns[index]
      return column.name === twin?.name && column.typeOid === twin.typeOid && column.isKey === twin.isKey
    })
  )
}
