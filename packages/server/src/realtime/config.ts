// What Realtime is told, as plain data with every default filled in. Read from `[realtime]` by boot.

export interface RealtimeConfig {
  readonly enabled: boolean
  /** What becomes of a DELETE that cannot be judged on its old row: the key alone to whoever matches, or to nobody. */
  readonly deletes: 'compatible' | 'strict'
  /** `nats://…` where several processes serve one database; null for one process alone. */
  readonly natsUrl: string | null
  /** Origins whose pages may open a socket; programs send none and pass. */
  readonly origins: '*' | readonly string[]
  /** Seconds a channel lives on after its token has expired, so that the client's next heartbeat may renew it. */
  readonly tokenGrace: number
  /** Channels must be private. */
  readonly privateOnly: boolean
  readonly limits: RealtimeLimits
  readonly feed: FeedConfig
  /** Days that rows of `realtime.messages` are kept. */
  readonly messageRetention: number
}

/** Bounds on what clients may ask of one process. Rates are averages over `rateWindow`. */
export interface RealtimeLimits {
  readonly sockets: number
  readonly channelsPerSocket: number
  readonly joinsPerSecond: number
  /** Each message sent and each one delivered counts. */
  readonly messagesPerSecond: number
  readonly presenceMessagesPerSecond: number
  /** Keys of one topic's presence. */
  readonly presenceKeys: number
  /** Bytes of what one channel is tracked with. */
  readonly presenceBytes: number
  /** Tracks and untracks of one channel per window; 0 for no limit. */
  readonly presenceCalls: number
  /** Milliseconds. */
  readonly presenceCallsWindow: number
  /** Bytes of one broadcast. */
  readonly broadcastBytes: number
  /** Bytes of one frame. */
  readonly frameBytes: number
  /** Bytes of one changed row; more is said with error 413. */
  readonly changeBytes: number
  /** Bytes that wait for one slow socket before it is told and closed. */
  readonly waitingBytes: number
  /** Milliseconds without a word from the client. */
  readonly idleTimeout: number
}

/** Where database changes come from and how much of them is kept. */
export interface FeedConfig {
  readonly slot: string
  readonly publication: string
  /** Bytes of WAL that a slot nobody reads may hold back; what Postgres itself bounds is reported. */
  readonly walKeepBytes: number
  /** The changes that `since` may ask for again: seconds and bytes, whichever is reached first. */
  readonly replaySeconds: number
  readonly replayBytes: number
}

export const defaultRealtimeConfig: RealtimeConfig = {
  enabled: true,
  deletes: 'compatible',
  natsUrl: null,
  origins: '*',
  tokenGrace: 30,
  privateOnly: false,
  limits: {
    sockets: 20_000,
    channelsPerSocket: 100,
    joinsPerSecond: 5000,
    messagesPerSecond: 500_000,
    presenceMessagesPerSecond: 1000,
    presenceKeys: 10_000,
    presenceBytes: 256_000,
    presenceCalls: 0,
    presenceCallsWindow: 30_000,
    broadcastBytes: 3_000_000,
    frameBytes: 5 * 1024 * 1024,
    changeBytes: 1024 * 1024,
    waitingBytes: 8 * 1024 * 1024,
    idleTimeout: 60_000,
  },
  feed: {
    slot: 'tenon_realtime',
    publication: 'supabase_realtime',
    walKeepBytes: 1024 ** 3,
    replaySeconds: 120,
    replayBytes: 16 * 1024 * 1024,
  },
  messageRetention: 3,
}
