// The route all others lie in.

import { createRootRoute } from '@tanstack/react-router'

import { NotFound, ScreenFailed } from './failures.tsx'
import { Shell } from './shell.tsx'

export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ScreenFailed,
})
