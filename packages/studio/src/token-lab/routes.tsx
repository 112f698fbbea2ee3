// Where the token lab stands. A token never becomes part of the address.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'

export const tabs = ['explain', 'forge', 'faults'] as const
export type LabTab = (typeof tabs)[number]

interface LabSearch {
  readonly tab?: LabTab
  /** A Clerk instance of this server, for forging. */
  readonly instance?: string
}

export const tokenLabRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/token-lab',
  validateSearch: (search: Record<string, unknown>): LabSearch => {
    const tab = tabs.find((each) => each === search['tab'])
    const instance = search['instance']
    return { ...(tab !== undefined && { tab }), ...(typeof instance === 'string' && { instance }) }
  },
  component: lazyRouteComponent(() => import('./token-lab-page.tsx'), 'TokenLabPage'),
})

export const tokenLabRoutes = [tokenLabRoute] as const
