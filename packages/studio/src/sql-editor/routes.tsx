// The SQL Editor's addresses.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'

const page = lazyRouteComponent(() => import('./sql-editor-page.tsx'), 'SqlEditorPage')

interface SqlSearch {
  /** An open query that is not saved. */
  readonly tab?: string
}

function readSearch({ tab }: Record<string, unknown>): SqlSearch {
  return typeof tab === 'string' ? { tab } : {}
}

export const sqlEditorRoutes = [
  createRoute({ getParentRoute: () => rootRoute, path: '/sql', component: page, validateSearch: readSearch }),
  createRoute({ getParentRoute: () => rootRoute, path: '/sql/$name', component: page, validateSearch: readSearch }),
] as const
