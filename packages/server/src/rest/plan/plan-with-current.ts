// The planning stage over a catalog that changes: what is missing in the one at hand may be there by now.

import type { Catalog } from '../../catalog/catalog.ts'
import { isRefusal, type RefusalCode } from '../../refusal/refusal.ts'
import type { RestConfig } from '../config.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { planFor } from './plan-for.ts'
import type { Plan } from './plan.ts'

export interface CatalogInUse {
  /** Refuses `catalog.not-loaded`. */
  current(): Catalog
  /** A catalog that knows of changes `stale` does not, or `stale`. Without it, a miss is final. */
  afterMiss?(stale: Catalog): Promise<Catalog>
}

interface Deps {
  readonly catalog: CatalogInUse
  readonly config: RestConfig
}

export interface Planned {
  readonly plan: Plan
  /** The one the plan was made with. */
  readonly catalog: Catalog
}

const misses: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'catalog.relation-unknown',
  'catalog.relationship-unknown',
  'catalog.routine-unknown',
  'catalog.column-unknown',
])

/** Plans, and once more where something was missing and the catalog has changed. Refuses what `planFor` does. */
export async function planWithCurrent(request: ApiRequest, { catalog: kept, config }: Deps): Promise<Planned> {
  const catalog = kept.current()
  try {
    return { plan: planFor(request, catalog, config), catalog }
  } catch (thrown) {
    if (!isRefusal(thrown) || !misses.has(thrown.code)) throw thrown
    const fresh = await kept.afterMiss?.(catalog)
    if (fresh === undefined || fresh === catalog) throw thrown
    return { plan: planFor(request, fresh, config), catalog: fresh }
  }
}
