// What the processes of one project tell each other. One process alone has nobody to tell.

export interface Bus {
  /** This process, unlike any other and any earlier one: a UUID. */
  readonly node: string
  /** The others, as far as they were heard of lately. */
  peers(): readonly string[]
  /** Reaches the others at most once, never this process; in order for one publisher and subject. Never throws. */
  publish(subject: string, payload: Uint8Array): void
  /** Hears what the others publish. Returns how to stop. */
  subscribe(subject: string, hear: (payload: Uint8Array, from: string) => void): () => void
  /** Resolves once whatever is published from then on reaches what was subscribed so far; at once while cut. Never rejects. */
  settled(): Promise<void>
  /** A process came, went, or the connection between them was cut and mended. Returns how to stop. */
  watch(hear: (event: BusEvent) => void): () => void
  state(): BusState
  close(): Promise<void>
}

export type BusEvent =
  | { readonly kind: 'peer-joined'; readonly node: string }
  | { readonly kind: 'peer-left'; readonly node: string }
  | { readonly kind: 'cut' }
  /** Whatever was published meanwhile may be lost. */
  | { readonly kind: 'mended' }

/** For the log, `/health` and metrics. */
export type BusState =
  /** Configured so: nobody else is expected. */
  | { readonly kind: 'alone' }
  | { readonly kind: 'connected' }
  /** Others are not reached, this process serves whoever is connected to it. */
  | { readonly kind: 'cut'; readonly reason: string }
