// Reads the facts about tables and roles when they are first asked for, and keeps them until the schema changes. Whoever
// hears of changes says so with `forget`; nothing here looks for them.

import type { Database } from '../../../database/statement.ts'
import { readRole, readTable } from './read-facts.ts'
import type { RoleFacts, TableFacts, TableKeeper } from './table-facts.ts'

export interface TableKeeperOptions {
  readonly database: Pick<Database, 'run'>
  /** Who reads the catalog; any role that the pool may take. */
  readonly readerRole: string
  readonly publication: string
  /** Schemas behind the table's own on the search path that policies are evaluated under. */
  readonly extraSearchPath: readonly string[]
  /** A clock in milliseconds; the process's own where absent. */
  readonly now?: () => number
}

/** Most tables, and most pairs of table and role, that are kept. Clients name tables; what they name must not add up. */
const MOST_KEPT = 2_000

/**
 * Milliseconds after which a role is looked at again: no event trigger tells of memberships and attributes of roles, which
 * belong to no database.
 */
const ROLE_LIFETIME = 10_000

export function createTableKeeper(options: TableKeeperOptions): TableKeeper {
  const now = options.now ?? Date.now
  const tables = new Kept<TableFacts | null>(now, Number.POSITIVE_INFINITY)
  const roles = new Kept<RoleFacts>(now, ROLE_LIFETIME)
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
  readonly #now: () => number
  readonly #lifetime: number
  readonly #known = new Map<string, { readonly reading: Promise<Facts>; readonly since: number }>()

  constructor(now: () => number, lifetime: number) {
    this.#now = now
    this.#lifetime = lifetime
  }

  get(key: string, read: () => Promise<Facts>): Promise<Facts> {
    const known = this.#known.get(key)
    if (known !== undefined && this.#now() - known.since < this.#lifetime) return known.reading
    const reading = read()
    this.#known.set(key, { reading, since: this.#now() })
    reading.catch(() => {
      if (this.#known.get(key)?.reading === reading) this.#known.delete(key)
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
