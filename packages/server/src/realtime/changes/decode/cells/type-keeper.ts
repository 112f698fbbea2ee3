// Keeps what is known about types, and the printers made of it, until the schema changes.

import type { Database, Rows } from '../../../../database/statement.ts'
import type { Relation } from '../../change.ts'
import { cellPrinter, type TypeFacts } from './cell-json.ts'
import type { PrintCell } from './cell-printer.ts'
import { scalarPrinters } from './print-scalar.ts'
import { typesStatement } from './sql/types-statement.ts'

export interface TypeKeeper {
  /**
   * How each column of the relation is printed, in its order. At once where every type is known, which is so for all but the
   * first change after a change of the schema. Rejects with `postgres.*`.
   */
  printers(relation: Relation): readonly PrintCell[] | Promise<readonly PrintCell[]>
  /** The schema changed: what was read holds no longer. */
  forget(): void
}

/** `role` is the one that the database logs in as. */
export function createTypeKeeper(database: Pick<Database, 'run'>, role: string): TypeKeeper {
  return new KeptTypes(database, role)
}

/** Types of the system that are common and made of nothing: text, varchar, bpchar, name, uuid, date, time, bytea, … */
const plainTypes: ReadonlySet<number> = new Set([
  17, 18, 19, 25, 26, 142, 869, 1042, 1043, 1082, 1083, 1186, 1266, 2950,
])

class KeptTypes implements TypeKeeper {
  readonly #database: Pick<Database, 'run'>
  readonly #role: string
  #facts = new Map<number, TypeFacts>()
  #printers = new WeakMap<Relation, readonly PrintCell[]>()

  constructor(database: Pick<Database, 'run'>, role: string) {
    this.#database = database
    this.#role = role
  }

  printers(relation: Relation): readonly PrintCell[] | Promise<readonly PrintCell[]> {
    return this.#printers.get(relation) ?? this.#make(relation)
  }

  forget(): void {
    this.#facts = new Map()
    this.#printers = new WeakMap()
  }

  #make(relation: Relation): readonly PrintCell[] | Promise<readonly PrintCell[]> {
    const unknown = relation.columns.map(({ typeOid }) => typeOid).filter((type) => !this.#isKnown(type))
    return unknown.length === 0 ? this.#keep(relation) : this.#read(relation, [...new Set(unknown)])
  }

  #isKnown(type: number): boolean {
    return scalarPrinters.has(type) || plainTypes.has(type) || this.#facts.has(type)
  }

  #keep(relation: Relation): readonly PrintCell[] {
    const facts = this.#facts
    const made = relation.columns.map(({ typeOid }) => cellPrinter(typeOid, (type) => facts.get(type)))
    this.#printers.set(relation, made)
    return made
  }

  /** What is read after `forget` was called meanwhile is kept where it was to be kept, and so forgotten. */
  async #read(relation: Relation, unknown: readonly number[]): Promise<readonly PrintCell[]> {
    const facts = this.#facts
    const [rows] = await this.#database.run({
      kind: 'transaction',
      role: this.#role,
      settings: [],
      readOnly: true,
      statements: [typesStatement(unknown)],
      end: 'commit',
    })
    // A type that is gone meanwhile is asked for once, too.
    for (const type of unknown) facts.set(type, { kind: 'plain' })
    for (const [type, found] of readFacts(rows)) facts.set(type, found)
    if (facts === this.#facts) return this.#keep(relation)
    return await this.printers(relation)
  }
}

function readFacts(rows: Rows | undefined): readonly (readonly [number, TypeFacts])[] {
  return (rows?.rows ?? []).map(([oid, kind, madeOf, delimiter, attributes]) => {
    return [Number(oid), factsOf(kind ?? '', Number(madeOf), delimiter ?? ',', attributes ?? '[]')]
  })
}

function factsOf(kind: string, madeOf: number, delimiter: string, attributes: string): TypeFacts {
  switch (kind) {
    case 'array':
      return { kind, element: madeOf, delimiter }
    case 'vector':
      return { kind, element: madeOf }
    case 'domain':
      return { kind, base: madeOf }
    case 'hstore':
      return { kind }
    case 'composite':
      return { kind, attributes: JSON.parse(attributes) as { name: string; type: number }[] }
    default:
      return { kind: 'plain' }
  }
}
