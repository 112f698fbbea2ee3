// A change's row by the columns of the table's facts.

import type { Cell, Change, Relation } from '../../change.ts'
import type { TableFacts } from '../../tables/table-facts.ts'
import type { Row } from './compile-residual.ts'

export class RowReader {
  readonly #facts: TableFacts
  readonly #places = new Map<Relation, readonly number[]>()

  constructor(facts: TableFacts) {
    this.#facts = facts
  }

  /** The new row, or the old one of a DELETE as far as the replica identity goes. */
  read({ kind, record, oldRecord, relation }: Change): Row {
    const carriesAll = relation.replicaIdentity === 'full'
    return this.#placesIn(relation).map((place): Cell => {
      const old = carriesAll || relation.columns[place]?.isKey === true ? oldRecord?.[place] : undefined
      if (kind === 'DELETE') return old
      // What an UPDATE left as it was may stand in the old row alone.
      const cell = record?.[place]
      return cell === undefined ? old : cell
    })
  }

  /** Where the relation has the facts' columns; -1 for one that it lacks or has with another type. */
  #placesIn(relation: Relation): readonly number[] {
    let places = this.#places.get(relation)
    if (places === undefined) {
      places = this.#facts.columns.map(({ name, typeOid }) =>
        relation.columns.findIndex((column) => column.name === name && column.typeOid === typeOid),
      )
      this.#places.set(relation, places)
    }
    return places
  }
}
