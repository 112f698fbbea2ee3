// What the doors hand to the database, and what they get back. Plain data.

import type { Sql } from './sql.ts'

/** One SQL command and its parameters, in order. Parameters are sent as text; `null` is SQL NULL. */
export interface Statement {
  readonly kind: 'statement'
  readonly text: Sql
  readonly values: readonly (string | null)[]
}

/** A transaction-local setting: `set_config(name, value, true)`. */
export type Setting = readonly [name: string, value: string]

/**
 * One request's work in Postgres: settings first (in this order, the role among them as `role`), then
 * the statements, all in one implicit transaction and one round trip.
 */
export interface Transaction {
  readonly kind: 'transaction'
  /** The Postgres role the statements run as; prepared statements are kept per role. */
  readonly role: string
  /** Applied before the statements and gone with the transaction. Does not include `role`. */
  readonly settings: readonly Setting[]
  /** Settings that must be in force before the role is taken (role settings, as PostgREST orders them). */
  readonly settingsBeforeRole?: readonly Setting[]
  readonly readOnly: boolean
  /** Asks for more than READ COMMITTED; costs a BEGIN in the same flush. */
  readonly isolation?: 'repeatable read' | 'serializable'
  /** Run in order. The result of each is returned; one that fails undoes everything. */
  readonly statements: readonly Statement[]
  /** `rollback` runs everything, checks deferred constraints, keeps nothing. */
  readonly end: 'commit' | 'rollback'
}

/** Rows of one statement, every value as Postgres prints it. */
export interface Rows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** Rows affected or returned, from the command tag. */
  readonly count: number
}

/** The port every door uses. Refuses with `postgres.*`. */
export interface Database {
  /** Runs a transaction; one `Rows` per statement. */
  run(transaction: Transaction): Promise<readonly Rows[]>
  /**
   * Runs a transaction whose commit depends on what came back: `decide` sees the results and either
   * returns (commit, unless `end` is `rollback`) or throws (roll back, rethrow). Two round trips.
   */
  runThen<Decision>(transaction: Transaction, decide: (results: readonly Rows[]) => Decision): Promise<Decision>
}
