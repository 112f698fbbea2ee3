// What every state function gets: the database, narrowed to one instance. Every statement of this folder
// filters by `instanceId`, so that instances never see each other.

import type { ClerkDatabase, Queryable } from './database.ts'

/** Where this server shows the picture of a user or an organization: the uploaded one, else the one drawn for the id. */
export type ImageUrlOf = (id: string, imageId: string | null) => string

export interface Store {
  readonly instanceId: string
  readonly db: Queryable
  /** The moment, in Unix milliseconds. */
  readonly now: () => number
  readonly imageUrlOf: ImageUrlOf
  /** Runs `work` against the same instance in one transaction; inside one already, it joins it. */
  readonly atomically: <Result>(work: (store: Store) => Promise<Result>) => Promise<Result>
}

/** What narrows a database to one instance. */
export type StoreOptions = Pick<Store, 'instanceId' | 'now' | 'imageUrlOf'>

/** The store of one instance. */
export function storeOf(database: ClerkDatabase, options: StoreOptions): Store {
  return {
    ...options,
    db: database,
    atomically: (work) => database.transaction((db) => work(withinTransaction(db, options))),
  }
}

function withinTransaction(db: Queryable, options: StoreOptions): Store {
  const store: Store = { ...options, db, atomically: (work) => work(store) }
  return store
}
