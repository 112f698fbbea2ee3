// The planning stage: a request and the catalog to a plan. Everything that the database's schema decides is
// decided here, in PostgREST's order: names, embeds and filters, body, media type, preferences.

import type { Catalog } from '../../catalog/catalog.ts'
import type { RestConfig } from '../config.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { planRoutine } from './call/plan-routine.ts'
import { knownRelation } from './known-relation.ts'
import { planChange } from './mutation/plan-change.ts'
import { planOptions } from './plan-options.ts'
import { planRead } from './plan-read.ts'
import { planDescribe } from './plan-describe.ts'
import type { Plan } from './plan.ts'

/** Refuses `catalog.*` for what does not exist, and what the planner of the action refuses. */
export function planFor(request: ApiRequest, catalog: Catalog, config: RestConfig): Plan {
  const { target, action, schema } = request
  if (action.kind === 'options') return planOptions(request, catalog)
  const context = { request, catalog, config }
  switch (target.kind) {
    case 'root':
      return planDescribe(request)
    case 'routine':
      return planRoutine(context, { schema, name: target.name })
    case 'relation': {
      const relation = knownRelation(catalog, { schema, name: target.name })
      return action.kind === 'read' ? planRead(context, relation, action.headersOnly) : planChange(context, relation)
    }
  }
}
