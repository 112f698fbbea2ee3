// The whole dialect on one screen: a request is a value per stage, and each stage says what it may refuse.

import type { Database } from '../database/statement.ts'
import type { Identify, Identity } from '../identity/identity.ts'
import type { Fault } from '../refusal/fault.ts'
import type { RestConfig } from './config.ts'
import { describe } from './describe/describe.ts'
import { type CatalogInUse, planWithCurrent } from './plan/plan-with-current.ts'
import { createRememberedReads, type PreparedRequest, type RememberedReads } from './remembered-reads.ts'
import { parseRequest } from './request/parse-request.ts'
import { withClosingHeaders } from './response/closing-headers.ts'
import { renderRefused, renderRefusedBody } from './response/render-refused.ts'
import { respond, respondExplained, respondOptions } from './response/respond.ts'
import { type Stopwatch, startStopwatch } from './response/server-timing.ts'
import { runPlan } from './run-plan.ts'
import type { WebRequest, WebResponse } from './web.ts'

export interface RestDeps {
  readonly identify: Identify
  readonly catalog: CatalogInUse
  readonly database: Database
  readonly config: RestConfig
  /** A monotonic clock in milliseconds. */
  readonly now: () => number
  /** Takes what nobody foresaw, for the log. */
  readonly report: (fault: Fault) => void
}

export type RestDoor = (web: WebRequest) => Promise<WebResponse>

/** Opens the door. It never throws: a refusal is rendered, anything else is a fault and 500. */
export function createRestDoor(given: RestDeps): RestDoor {
  const deps: DoorDeps = { ...given, reads: createRememberedReads() }
  return async (web) => {
    const watch = startStopwatch(deps.config.serverTiming ? deps.now : null)
    let identity: Identity | undefined
    try {
      const { authorization, apikey } = web.headers
      identity = await deps.identify({ authorization, apikey }) // refuses: unknown or expired token
      watch.lap('jwt')
      return { ...(await handle(web, identity, deps, watch)), identity }
    } catch (thrown) {
      const refused = renderRefused(thrown, deps.config, deps.report)
      return identity === undefined ? refused : { ...refused, identity }
    }
  }
}

interface DoorDeps extends RestDeps {
  readonly reads: RememberedReads
}

async function handle(web: WebRequest, identity: Identity, deps: DoorDeps, watch: Stopwatch): Promise<WebResponse> {
  const current = deps.catalog.current() // refuses: not read yet
  const remembered = deps.reads.recall(web, current)
  if (remembered !== undefined) watch.lap('parse')
  const prepared = remembered ?? (await prepare(web, deps, watch))
  watch.lap('plan')
  const response = await answer({ ...prepared, identity }, deps, watch)
  watch.lap('response')
  return withClosingHeaders(response, prepared.plan, deps.config, watch.laps())
}

async function prepare(web: WebRequest, deps: DoorDeps, watch: Stopwatch): Promise<PreparedRequest> {
  const request = await parseRequest(web, deps.config) // refuses: malformed
  watch.lap('parse')
  const prepared = { request, ...(await planWithCurrent(request, deps)) } // refuses: no such table, ambiguous embed
  deps.reads.remember(web, prepared)
  return prepared
}

interface Planned extends PreparedRequest {
  readonly identity: Identity
}

async function answer(planned: Planned, deps: RestDeps, watch: Stopwatch): Promise<WebResponse> {
  const { request, plan } = planned
  switch (plan.kind) {
    case 'options':
      watch.lap('transaction')
      return respondOptions(plan)
    case 'describe': {
      const response = await describe(planned, plan, deps) // refuses: what Postgres refuses
      watch.lap('transaction')
      return response
    }
    case 'read':
    case 'mutation':
    case 'call': {
      const result = await runPlan(planned, plan, deps) // refuses: what Postgres refuses, not singular
      watch.lap('transaction')
      if (result.kind === 'explained') return respondExplained(result.text, request, plan)
      return respond(result.row, request, plan, (refusal) => renderRefusedBody(refusal, deps.config))
    }
  }
}
