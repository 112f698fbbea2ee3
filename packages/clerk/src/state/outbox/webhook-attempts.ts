// The log of attempts to deliver.

import { type Listed, type Page, readPage } from '../database/page.ts'
import { bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

/** How one attempt ended: accepted with 2xx, answered otherwise, or not answered. */
export type AttemptOutcome = 'delivered' | 'refused' | 'unreachable'

/** What came of one attempt. */
export interface Attempt {
  readonly outcome: AttemptOutcome
  readonly responseStatus: number | null
  /** The beginning of the answer, or why there was none. */
  readonly responseExcerpt: string
  readonly durationMs: number
}

export interface LoggedAttempt extends Attempt {
  readonly endpointId: string
  readonly eventId: string
  readonly eventType: string
  /** From 1; begins again with a replay. */
  readonly number: number
  readonly createdAt: number
}

/** Logs an attempt. */
export async function insertAttempt(
  store: Store,
  endpointId: string,
  eventId: string,
  number: number,
  attempt: Attempt,
): Promise<void> {
  const { outcome, responseStatus, responseExcerpt, durationMs } = attempt
  await store.db.query(
    `insert into clerk.webhook_attempts
       (instance_id, endpoint_id, event_id, number, outcome, response_status, response_excerpt, duration_ms, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [store.instanceId, endpointId, eventId, number, outcome, responseStatus, responseExcerpt, durationMs, store.now()],
  )
}

const columns = /* sql */ `
  a.endpoint_id as "endpointId", a.event_id as "eventId", e.type as "eventType", a.number, a.outcome,
  a.response_status as "responseStatus", a.response_excerpt as "responseExcerpt", a.duration_ms as "durationMs",
  a.created_at as "createdAt"`

/** One page of an endpoint's attempts, newest first, of one event or (null) of all. */
export async function listAttempts(
  store: Store,
  endpointId: string,
  eventId: string | null,
  page: Page,
): Promise<Listed<LoggedAttempt>> {
  const from = `from clerk.webhook_attempts a join clerk.events e on e.instance_id = a.instance_id and e.id = a.event_id
     where a.instance_id = $1 and a.endpoint_id = $2 and ($3::text is null or a.event_id = $3)`
  return readPage(
    store,
    { columns, from, orderBy: 'a.position desc' },
    bindings(store.instanceId, endpointId, eventId),
    page,
  )
}
