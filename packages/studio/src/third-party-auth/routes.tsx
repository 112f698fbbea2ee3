// Where the screen of Third-Party Auth stands; the address holds which provider is being added.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'
import type { IntegrationType } from './integration.ts'

const types: readonly IntegrationType[] = ['clerk', 'firebase', 'auth0', 'aws_cognito', 'workos', 'custom']

const page = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/third-party',
  validateSearch: (search: Record<string, unknown>): { readonly add?: IntegrationType } => {
    const add = types.find((type) => type === search['add'])
    return add === undefined ? {} : { add }
  },
  component: lazyRouteComponent(() => import('./third-party-auth-page.tsx'), 'ThirdPartyAuthPage'),
})

export const thirdPartyAuthRoutes = [page] as const
