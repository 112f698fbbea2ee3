// The Table Editor's addresses: the list of tables, and one table beside it.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'
import { readSearch } from './address.ts'

export const tableEditorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/table-editor',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./frame/table-editor-frame.tsx'), 'TableEditorFrame'),
})

const noTableRoute = createRoute({
  getParentRoute: () => tableEditorRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./frame/no-table.tsx'), 'NoTable'),
})

export const tableRoute = createRoute({
  getParentRoute: () => tableEditorRoute,
  path: '$schema/$table',
  component: lazyRouteComponent(() => import('./table/table-page.tsx'), 'TablePage'),
})

export const tableEditorRoutes = [tableEditorRoute.addChildren([noTableRoute, tableRoute])] as const
