// What a client asks for when it joins, read and with every default filled in (`phx_join`'s `config`).

export interface JoinConfig {
  readonly isPrivate: boolean
  readonly broadcast: {
    readonly ack: boolean
    /** The sender hears itself. */
    readonly self: boolean
    /** Earlier messages of a private channel: since when (Unix milliseconds), and how many at most. */
    readonly replay: { readonly since: number; readonly limit: number } | null
    /** Tell the channel once messages from the database will reach it. */
    readonly replicationReady: boolean
  }
  readonly presence: {
    /** Never empty: the server makes one where the client names none. */
    readonly key: string
    /** Told who is there. On for clients that name a key and do not know this switch. */
    readonly enabled: boolean
  }
  /** The join is to be refused where one of the changes cannot be subscribed; otherwise a notice says so. */
  readonly needsPostgresChanges: boolean
  /** As sent; the feature that serves them reads and refuses them one by one. */
  readonly postgresChanges: readonly Readonly<Record<string, unknown>>[]
}
