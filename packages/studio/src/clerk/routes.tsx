// The screens of the Clerk instances, each below the instance's name.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'

const root = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clerk',
  beforeLoad: ({ location }) => {
    if (location.pathname === '/clerk')
      throw redirect({ to: '/clerk/$instance/users', params: { instance: 'default' } })
  },
})

const instance = createRoute({
  getParentRoute: () => root,
  path: '$instance',
  component: lazyRouteComponent(() => import('./frame/clerk-frame.tsx'), 'ClerkFrame'),
})

const getParentRoute = () => instance

interface ListOfPeople {
  readonly query?: string
  readonly order?: string
  readonly page?: number
  readonly sheet?: string
  readonly tab?: string
}

const users = createRoute({
  getParentRoute,
  path: 'users',
  validateSearch: (search): ListOfPeople => ({
    ...textsIn(search, 'query', 'order', 'sheet', 'tab'),
    ...pageIn(search),
  }),
  component: lazyRouteComponent(() => import('./people/users/users-page.tsx'), 'UsersPage'),
})

const user = createRoute({
  getParentRoute,
  path: 'users/$user',
  validateSearch: (search): { tab?: string } => textsIn(search, 'tab'),
  component: lazyRouteComponent(() => import('./people/users/user-page.tsx'), 'UserPage'),
})

const organizations = createRoute({
  getParentRoute,
  path: 'organizations',
  validateSearch: (search): ListOfPeople => ({
    ...textsIn(search, 'query', 'order', 'sheet', 'tab'),
    ...pageIn(search),
  }),
  component: lazyRouteComponent(() => import('./people/organizations/organizations-page.tsx'), 'OrganizationsPage'),
})

const organization = createRoute({
  getParentRoute,
  path: 'organizations/$organization',
  validateSearch: (search): { tab?: string } => textsIn(search, 'tab'),
  component: lazyRouteComponent(() => import('./people/organizations/organization-page.tsx'), 'OrganizationPage'),
})

const sessions = createRoute({
  getParentRoute,
  path: 'sessions',
  component: lazyRouteComponent(() => import('./tokens/session-token/session-token-page.tsx'), 'SessionTokenPage'),
})

const templates = createRoute({
  getParentRoute,
  path: 'jwt-templates',
  component: lazyRouteComponent(() => import('./tokens/jwt-templates/templates-page.tsx'), 'TemplatesPage'),
})

const newTemplate = createRoute({
  getParentRoute,
  path: 'jwt-templates/new',
  validateSearch: (search): { from?: string } => (typeof search['from'] === 'string' ? { from: search['from'] } : {}),
  component: lazyRouteComponent(() => import('./tokens/jwt-templates/template-page.tsx'), 'NewTemplatePage'),
})

const template = createRoute({
  getParentRoute,
  path: 'jwt-templates/$template',
  component: lazyRouteComponent(() => import('./tokens/jwt-templates/template-page.tsx'), 'TemplatePage'),
})

const connectSupabase = createRoute({
  getParentRoute,
  path: 'connect-supabase',
  component: lazyRouteComponent(
    () => import('./tokens/connect-supabase/connect-supabase-page.tsx'),
    'ConnectSupabasePage',
  ),
})

const apiKeys = createRoute({
  getParentRoute,
  path: 'api-keys',
  component: lazyRouteComponent(() => import('./settings/api-keys/api-keys-page.tsx'), 'ApiKeysPage'),
})

const authentication = createRoute({
  getParentRoute,
  path: 'authentication',
  component: lazyRouteComponent(
    () => import('./settings/authentication/authentication-page.tsx'),
    'AuthenticationPage',
  ),
})

const restrictions = createRoute({
  getParentRoute,
  path: 'restrictions',
  component: lazyRouteComponent(() => import('./settings/restrictions/restrictions-page.tsx'), 'RestrictionsPage'),
})

const webhooks = createRoute({
  getParentRoute,
  path: 'webhooks',
  validateSearch: (search): { sheet?: 'add' } => (search['sheet'] === 'add' ? { sheet: 'add' } : {}),
  component: lazyRouteComponent(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage'),
})

const webhook = createRoute({
  getParentRoute,
  path: 'webhooks/$endpoint',
  validateSearch: (search): { page?: number; event?: string } => ({
    ...pageIn(search),
    ...(typeof search['event'] === 'string' && { event: search['event'] }),
  }),
  component: lazyRouteComponent(() => import('./webhooks/endpoint-page.tsx'), 'EndpointPage'),
})

/** The texts of an address under these names. */
function textsIn<Name extends string>(search: Readonly<Record<string, unknown>>, ...names: readonly Name[]) {
  const found = names.flatMap((name) => (typeof search[name] === 'string' ? [[name, search[name]] as const] : []))
  return Object.fromEntries(found) as { [Each in Name]?: string }
}

/** A page of a list, from 1; the first is left out of addresses. */
function pageIn({ page }: Readonly<Record<string, unknown>>): { page?: number } {
  return typeof page === 'number' && Number.isInteger(page) && page > 1 ? { page } : {}
}

export const clerkRoutes = [
  root.addChildren([
    instance.addChildren([
      users,
      user,
      organizations,
      organization,
      sessions,
      templates,
      newTemplate,
      template,
      connectSupabase,
      authentication,
      restrictions,
      webhooks,
      webhook,
      apiKeys,
    ]),
  ]),
] as const
