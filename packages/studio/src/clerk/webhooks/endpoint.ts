// A webhook endpoint and its attempts as they are read, and the form of one.

export interface WebhookEndpoint {
  readonly id: string
  /** Its name in config.toml; null for one that was made here. */
  readonly name: string | null
  readonly url: string
  readonly description: string
  /** Empty: all. */
  readonly event_types: readonly string[]
  readonly enabled: boolean
  readonly secret: string
  readonly failing_since: number | null
  readonly disabled_at: number | null
  readonly created_at: number
}

export interface WebhookAttempt {
  readonly event_id: string
  readonly event_type: string
  readonly number: number
  readonly outcome: 'delivered' | 'refused' | 'unreachable'
  readonly response_status: number | null
  readonly response_excerpt: string
  readonly duration_ms: number
  readonly created_at: number
}

export interface EndpointForm {
  readonly url: string
  readonly description: string
  readonly eventTypes: readonly string[]
}

/** What is wrong with the address, or undefined. */
export function urlProblem(url: string): string | undefined {
  const read = URL.canParse(url) ? new URL(url) : null
  const good = read !== null && /^https?:$/.test(read.protocol) && read.username === '' && read.password === ''
  return good ? undefined : 'An address that begins with http:// or https://, without credentials.'
}

/** Event types by what they are about, narrowed to those with `search` in their name. */
export function eventGroups(
  types: readonly string[],
  search: string,
): readonly (readonly [string, readonly string[]])[] {
  const found = types.filter((type) => type.toLowerCase().includes(search.trim().toLowerCase()))
  return [...Map.groupBy(found, (type) => type.split('.')[0] ?? type)]
}
