// Which screen stands at which address. Each area brings its own routes; their pages load when they are first opened.

import { createRootRoute, createRouter } from '@tanstack/react-router'

import { Shell } from './shell.tsx'

export const rootRoute = createRootRoute({ component: Shell })

const routeTree = rootRoute.addChildren([])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
