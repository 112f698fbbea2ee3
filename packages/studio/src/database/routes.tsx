// The screens of Database.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'
import { databaseSearch } from './address.ts'

const root = createRoute({
  getParentRoute: () => rootRoute,
  path: '/database',
  validateSearch: databaseSearch,
  beforeLoad: ({ location }) => {
    if (location.pathname === '/database') throw redirect({ to: '/database/schemas' })
  },
})

const getParentRoute = () => root

const functions = createRoute({
  getParentRoute,
  path: 'functions',
  component: lazyRouteComponent(() => import('./functions/functions-page.tsx'), 'FunctionsPage'),
})

const triggers = createRoute({
  getParentRoute,
  path: 'triggers',
  component: lazyRouteComponent(() => import('./triggers/triggers-page.tsx'), 'TriggersPage'),
})

const extensions = createRoute({
  getParentRoute,
  path: 'extensions',
  component: lazyRouteComponent(() => import('./extensions/extensions-page.tsx'), 'ExtensionsPage'),
})

const roles = createRoute({
  getParentRoute,
  path: 'roles',
  component: lazyRouteComponent(() => import('./roles/roles-page.tsx'), 'RolesPage'),
})

const migrations = createRoute({
  getParentRoute,
  path: 'migrations',
  component: lazyRouteComponent(() => import('./migrations/migrations-page.tsx'), 'MigrationsPage'),
})

const visualizer = createRoute({
  getParentRoute,
  path: 'schemas',
  component: lazyRouteComponent(() => import('./diagram/diagram-page.tsx'), 'DiagramPage'),
})

const tables = createRoute({
  getParentRoute,
  path: 'tables',
  component: lazyRouteComponent(() => import('./tables/tables-page.tsx'), 'TablesPage'),
})

const enums = createRoute({
  getParentRoute,
  path: 'types',
  component: lazyRouteComponent(() => import('./enums/enums-page.tsx'), 'EnumsPage'),
})

const indexes = createRoute({
  getParentRoute,
  path: 'indexes',
  component: lazyRouteComponent(() => import('./indexes/indexes-page.tsx'), 'IndexesPage'),
})

const publications = createRoute({
  getParentRoute,
  path: 'publications',
  component: lazyRouteComponent(() => import('./publications/publications-page.tsx'), 'PublicationsPage'),
})

export const databaseRoutes = [
  root.addChildren([
    visualizer,
    tables,
    enums,
    indexes,
    publications,
    functions,
    triggers,
    extensions,
    roles,
    migrations,
  ]),
] as const
