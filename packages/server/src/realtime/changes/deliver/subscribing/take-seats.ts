// A subscription → its seats: the table looked up, the filter checked, the identity put into its class.

import { Refusal } from '../../../../refusal/refusal.ts'
import type { TypeKeeper } from '../../decode/cells/type-keeper.ts'
import type { Judge } from '../../judge/judge.ts'
import type { TableFacts, TableKeeper } from '../../tables/table-facts.ts'
import type { FilterKeeper } from '../filter/filter-keeper.ts'
import { sayUngranted } from '../joining/say-subscribed.ts'
import { mayReadNothing } from '../joining/telling/trouble-of.ts'
import { type View, viewOf } from '../payload/view.ts'
import type { Listener, Seat, Subscription } from '../routes/listener.ts'
import type { TableName } from './change-request.ts'

/** Of one table. Lists of columns are the clients' to write; beyond this many, equal ones are written twice. */
const MOST_VIEWS = 500

export interface SeatingDeps {
  readonly tables: TableKeeper
  readonly judge: Judge
  readonly filters: FilterKeeper
  readonly types: TypeKeeper
}

export interface Seating {
  /** Refuses with `realtime.subscription-invalid` and `postgres.*`. The class of the seat is to be released in the end. */
  take(listener: Listener, subscription: Pick<Subscription, 'id' | 'request'>, name: TableName): Promise<Seat>
  /** The schema changed: what was known of tables holds no longer. */
  forget(): void
}

export function createSeating({ tables, judge, filters, types }: SeatingDeps): Seating {
  // By the facts they were made of, which are read anew once the schema has changed.
  let views = new WeakMap<TableFacts, Map<string, View>>()
  return {
    async take(listener, { id, request }, { schema, table: name }) {
      const { identity } = listener.channel
      const table = await tables.table(schema, name)
      if (table === null) throw new Refusal('realtime.table-missing', { schema, table: name })
      const role = await tables.role(table.oid, identity.role)
      // The grant that is missing says more than the first column that may not be read.
      const namesColumns = request.select !== null || request.filter !== null
      if (namesColumns && mayReadNothing(table, role)) throw invalid(sayUngranted(table, role))
      for (const column of request.select ?? []) requireReadable(column, table, role.readableColumns)
      const filter = request.filter === null ? null : await filters.check(request.filter, table, role)
      const known = views.get(table) ?? new Map<string, View>()
      views.set(table, known)
      const key = JSON.stringify([role.role, request.select?.toSorted() ?? null])
      const view = known.get(key) ?? viewOf(table, role, request.select)
      if (known.size < MOST_VIEWS) known.set(key, view)
      const claimsClass = await judge.table(schema, name).admit(identity)
      return { kind: 'seat', listener, request, id, table, role, claimsClass, filter, view }
    },
    forget() {
      views = new WeakMap()
      filters.forget()
      types.forget()
      tables.forget()
      judge.forget()
    },
  }
}

function requireReadable(column: string, { schema, table, columns }: TableFacts, readable: ReadonlySet<string>): void {
  if (!columns.some(({ name }) => name === column)) throw invalid(`table ${schema}.${table} has no column ${column}`)
  if (!readable.has(column)) throw invalid(`column ${column} may not be read`)
}

function invalid(reason: string): Refusal {
  return new Refusal('realtime.subscription-invalid', { reason })
}
