// The screens of Database.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'
import { databaseSearch } from './address.ts'

const root = createRoute({
  getParentRoute: () => rootRoute,
  path: '/database',
  validateSearch: databaseSearch,
  beforeLoad: ({ location }) => {
    if (location.pathname === '/database') throw redirect({ to: '/database/functions' })
  },
})

const getParentRoute = () => root

const functions = createRoute({
  getParentRoute,
  path: 'functions',
  component: lazyRouteComponent(() => import('./functions/functions-page.tsx'), 'FunctionsPage'),
})

export const databaseRoutes = [root.addChildren([functions])] as const
