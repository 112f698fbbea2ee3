// Reads the facts about tables and roles when they are first asked for, and keeps them until the schema changes. Whoever
// hears of changes says so with `forget`; nothing here looks for them.

import type { Database } from '../../../database/statement.ts'
import { readRole, readTable } from './read-facts.ts'
import type { RoleFacts, TableFacts, TableKeeper } from './table-facts.ts'

export interface TableKeeperOptions {
  readonly database: Database
  /** Who reads the catalog; any role that the pool may take. */
  readonly readerRole: string
  readonly publication: string
  /** Schemas behind the table's own on the search path that policies are evaluated under. */
  readonly extraSearchPath: readonly string[]
}

/** Most tables, and most pairs of table and role, that are kept. Clients name tables; what they name must not add up. */
const MOST_KEPT = 2_000

export function createTableKeeper(options: TableKeeperOptions): TableKeeper {
  const tables = new Kept<TableFacts | null>()
  const roles = new Kept<RoleFacts>()
  return {
    table: (schema, table) => tables.get(JSON.stringify([schema, table]), () => readTable(options, schema, table)),
    role: (oid, role) => roles.get(`${oid} ${role}`, () => readRole(options, oid, role)),
    forget() {
      tables.clear()
      roles.clear()
    },
  }
}

/** Reads under way are shared; those that fail are not kept. The one kept longest makes room. */
class Kept<Facts> {
  readonly #known = new Map<string, Promise<Facts>>()

  get(key: string, read: () => Promise<Facts>): Promise<Facts> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const reading = read()
    this.#known.set(key, reading)
    reading.catch(() => {
      if (this.#known.get(key) === reading) this.#known.delete(key)
    })
    if (this.#known.size > MOST_KEPT) this.#dropOldest()
    return reading
  }

  clear(): void {
    this.#known.clear()
  }

  #dropOldest(): void {
    for (const key of this.#known.keys()) {
      this.#known.delete(key)
      return
    }
  }
}
