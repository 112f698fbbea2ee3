// What presence holds of one channel that let itself be tracked, on whichever process it is.

export interface Member {
  /** Under which the client sees it; several members may share one, such as a person's tabs. */
  readonly key: string
  /** Names this state of this member, like no other. */
  readonly ref: string
  /** The ref this one took the place of, where a payload was changed. */
  readonly previousRef: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

/** What happened to a room's members between two moments. */
export interface MemberDiff {
  readonly joins: readonly Member[]
  readonly leaves: readonly Member[]
}
