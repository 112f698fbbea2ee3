// Where the API's documentation stands, and what of it the address holds.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '../app/root-route.tsx'

export const languages = ['js', 'curl'] as const
export type Language = (typeof languages)[number]

/** What is described: a table, or a function by its number, which overloads do not share; else the introduction. */
export interface ApiDocsSearch {
  readonly schema?: string
  readonly table?: string
  readonly function?: number
  readonly lang?: Language
}

export const apiDocsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/api-docs',
  validateSearch: (search: Record<string, unknown>): ApiDocsSearch => ({
    ...textAt(search, 'schema'),
    ...textAt(search, 'table'),
    ...(typeof search['function'] === 'number' && { function: search['function'] }),
    ...(search['lang'] === 'curl' && { lang: 'curl' }),
  }),
  component: lazyRouteComponent(() => import('./api-docs-page.tsx'), 'ApiDocsPage'),
})

export const apiDocsRoutes = [apiDocsRoute] as const

/** A name that is a number arrives as one. */
function textAt<Key extends string>(search: Record<string, unknown>, key: Key): { [Each in Key]?: string } {
  const value = search[key]
  if (typeof value !== 'string' && typeof value !== 'number') return {}
  return { [key]: String(value) } as { [Each in Key]?: string }
}
