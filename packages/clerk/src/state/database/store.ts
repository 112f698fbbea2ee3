// What every state function gets: the database, narrowed to one instance. Every statement of this folder
// filters by `instanceId`, so that instances never see each other.

import type { ClerkDatabase, Queryable } from './database.ts'

/** Where this server shows the picture of a user or an organization: the uploaded one, else the one drawn for the id. */
export type ImageUrlOf = (id: string, imageId: string | null) => string

/** Who asked for a change; empty texts where nobody did. */
export interface Requester {
  readonly clientIp: string
  readonly userAgent: string
}

export interface Store {
  readonly instanceId: string
  readonly db: Queryable
  /** The moment, in Unix milliseconds. */
  readonly now: () => number
  readonly imageUrlOf: ImageUrlOf
  /** Told with the events that are recorded. */
  readonly requester: Requester
  /** Runs `work` against the same instance in one transaction; inside one already, it joins it. */
  readonly atomically: <Result>(work: (store: Store) => Promise<Result>) => Promise<Result>
}

/** What narrows a database to one instance. */
export type StoreOptions = Pick<Store, 'instanceId' | 'now' | 'imageUrlOf'>

const nobody: Requester = { clientIp: '', userAgent: '' }

/** The store of one instance. */
export function storeOf(database: ClerkDatabase, options: StoreOptions): Store {
  return {
    ...options,
    requester: nobody,
    db: database,
    atomically: (work) => database.transaction((db) => work(withinTransaction(db, options))),
  }
}

/** The same store, in the name of whoever sent a request. */
export function onBehalfOf(store: Store, requester: Requester): Store {
  return {
    ...store,
    requester,
    atomically: (work) => store.atomically((inner) => work(onBehalfOf(inner, requester))),
  }
}

function withinTransaction(db: Queryable, options: StoreOptions): Store {
  const store: Store = { ...options, requester: nobody, db, atomically: (work) => work(store) }
  return store
}
