// Where the policies' screen stands, and what of it the address holds.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'

/** What is shown: a schema, one table of it, and the panel for a new policy or for the one that is named. */
export interface PoliciesSearch {
  readonly schema?: string
  readonly table?: string
  readonly panel?: 'new' | 'edit'
  readonly policy?: string
}

export const policiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/policies',
  validateSearch: (search: Record<string, unknown>): PoliciesSearch => ({
    ...textAt(search, 'schema'),
    ...textAt(search, 'table'),
    ...textAt(search, 'policy'),
    ...((search['panel'] === 'new' || search['panel'] === 'edit') && { panel: search['panel'] }),
  }),
  component: lazyRouteComponent(() => import('./policies-page.tsx'), 'PoliciesPage'),
})

export const policiesRoutes = [policiesRoute] as const

/** A name that is a number arrives as one. */
function textAt<Key extends string>(search: Record<string, unknown>, key: Key): { [Each in Key]?: string } {
  const value = search[key]
  if (typeof value !== 'string' && typeof value !== 'number') return {}
  return { [key]: String(value) } as { [Each in Key]?: string }
}
