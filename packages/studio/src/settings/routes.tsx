// Where the project's settings stand.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'

const getParentRoute = () => rootRoute

const root = createRoute({
  getParentRoute,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/api' })
  },
})

const api = createRoute({
  getParentRoute,
  path: '/settings/api',
  component: lazyRouteComponent(() => import('./api/api-settings-page.tsx'), 'ApiSettingsPage'),
})

const signingKeys = createRoute({
  getParentRoute,
  path: '/settings/signing-keys',
  component: lazyRouteComponent(() => import('./signing-keys/signing-keys-page.tsx'), 'SigningKeysPage'),
})

export const settingsRoutes = [root, api, signingKeys] as const
