// Who sees a change. One judgement per class of identities that no policy on the table can tell apart.

import type { Identity } from '../../../identity/identity.ts'
import type { Change } from '../change.ts'

/** Identities that no policy on a table can tell apart; shared by everybody admitted into it. */
export interface ClaimsClass {
  readonly kind: 'claims-class'
  readonly role: string
  /** Equal for equal classes of one table: role, residual policies and the values read from the claims. */
  readonly key: string
}

/** How a class is judged, for logs, metrics and Studio. */
export type Tier = 'open' | 'compiled' | 'indexed' | 'asked'

/** What can be said about deletes of a table. */
export interface DeleteStance {
  /** The replica identity carries what the policies read. */
  readonly isJudged: boolean
  /** The statement that would make them judged; null where they are, or where policies need a row that is still stored. */
  readonly remedy: string | null
}

/** The judge of one table. Classes are admitted and released by whoever holds subscriptions. */
export interface TableJudge {
  /** The class of this identity as of now. The same object for identities of the same class. Refuses with `postgres.*`. */
  admit(identity: Identity): Promise<ClaimsClass>
  /** Once for each `admit`. Does nothing for a class of before `forget`. */
  release(claimsClass: ClaimsClass): void
  /**
   * For each change the admitted classes that may see it. A DELETE is judged on its old row where the replica identity
   * carries what the policies read; otherwise `deletes` decides: `compatible` names every class, `strict` none but those
   * whom Row Level Security does not hold. On a table whose deletes are judged, one that cannot be after all (the role may
   * not enter a schema that a policy names, JSON null in a column that Postgres would have to be shown) is nobody's: who is
   * named may see the whole old row. Refuses with `postgres.*` where Postgres cannot be asked for now: nothing
   * is judged then, and the same changes may be asked about again.
   */
  judge(changes: readonly Change[]): Promise<readonly (readonly ClaimsClass[])[]>
  deletes(): Promise<DeleteStance>
  tiers(): Readonly<Record<Tier, number>>
}

export interface Judge {
  table(schema: string, table: string): TableJudge
  /**
   * The schema, policies, grants or roles changed: every class must be admitted anew, and facts about tables are read
   * anew too. Returns once nothing old is in use; a judgement under way names nobody, so call it between judgements.
   */
  forget(): void
}
