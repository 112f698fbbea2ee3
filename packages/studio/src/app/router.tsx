// Which screen stands at which address. Each area brings its own routes; their pages load when they are first opened.

import { createRouter } from '@tanstack/react-router'

import { apiDocsRoutes } from '../api-docs/routes.tsx'
import { clerkRoutes } from '../clerk/routes.tsx'
import { databaseRoutes } from '../database/routes.tsx'
import { homeRoutes } from '../home/routes.tsx'
import { policiesRoutes } from '../policies/routes.tsx'
import { tableEditorRoutes } from '../table-editor/routes.tsx'
import { tokenLabRoutes } from '../token-lab/routes.tsx'
import { sqlEditorRoutes } from '../sql-editor/routes.tsx'
import { settingsRoutes } from '../settings/routes.tsx'
import { thirdPartyAuthRoutes } from '../third-party-auth/routes.tsx'
import { rootRoute } from './root-route.tsx'

const routeTree = rootRoute.addChildren([
  ...homeRoutes,
  ...tableEditorRoutes,
  ...apiDocsRoutes,
  ...databaseRoutes,
  ...policiesRoutes,
  ...tokenLabRoutes,
  ...clerkRoutes,
  ...sqlEditorRoutes,
  ...thirdPartyAuthRoutes,
  ...settingsRoutes,
])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  // Where a grid of rows stands is its own: the router would move that of the next table to where the last one's stood.
  scrollRestoration: ({ location }) => !location.pathname.startsWith('/table-editor'),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
