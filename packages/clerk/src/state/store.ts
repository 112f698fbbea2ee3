// What every state function gets: the database, narrowed to one instance. Every statement of this folder
// filters by `instanceId`, so that instances never see each other.

import type { ClerkDatabase, Queryable } from './database.ts'

export interface Store {
  readonly instanceId: string
  readonly db: Queryable
  /** The moment, in Unix milliseconds. */
  readonly now: () => number
  /** Runs `work` against the same instance in one transaction; inside one already, it joins it. */
  readonly atomically: <Result>(work: (store: Store) => Promise<Result>) => Promise<Result>
}

/** The store of one instance. */
export function storeOf(database: ClerkDatabase, instanceId: string, now: () => number): Store {
  return {
    instanceId,
    db: database,
    now,
    atomically: (work) => database.transaction((db) => work(withinTransaction(db, instanceId, now))),
  }
}

function withinTransaction(db: Queryable, instanceId: string, now: () => number): Store {
  const store: Store = { instanceId, db, now, atomically: (work) => work(store) }
  return store
}
