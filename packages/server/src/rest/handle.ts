// The whole dialect on one screen: a request is a value per stage, and each stage says what it may refuse.

import type { Catalog } from '../catalog/catalog.ts'
import type { Database } from '../database/statement.ts'
import type { Identify, Identity } from '../identity/identity.ts'
import type { Fault } from '../refusal/fault.ts'
import type { RestConfig } from './config.ts'
import { describe } from './describe/describe.ts'
import { type CatalogInUse, planWithCurrent } from './plan/plan-with-current.ts'
import type { Plan } from './plan/plan.ts'
import type { ApiRequest } from './request/api-request.ts'
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
export function createRestDoor(deps: RestDeps): RestDoor {
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

async function handle(web: WebRequest, identity: Identity, deps: RestDeps, watch: Stopwatch): Promise<WebResponse> {
  deps.catalog.current() // refuses: not read yet
  const request = await parseRequest(web, deps.config) // refuses: malformed
  watch.lap('parse')
  const { plan, catalog } = await planWithCurrent(request, deps) // refuses: no such table, ambiguous embed
  watch.lap('plan')
  const response = await answer({ request, plan, identity, catalog }, deps, watch)
  watch.lap('response')
  return withClosingHeaders(response, plan, deps.config, watch.laps())
}

interface Planned {
  readonly request: ApiRequest
  readonly plan: Plan
  readonly identity: Identity
  readonly catalog: Catalog
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
