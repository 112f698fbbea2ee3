// GET and PATCH /environment: what the components show and ask, from the instance's settings.

import { bare, type FrontendEndpoint, type FrontendRequest } from '../frontend-request.ts'
import { environmentResource } from '../resources/environment.ts'

export const environmentEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/environment', access: 'open', answer: environment },
  // In development the SDK reports its origin so; nothing has to be kept of it.
  { method: 'PATCH', path: '/v1/environment', access: 'open', answer: environment },
]

async function environment({ instance, origin }: FrontendRequest) {
  const { settings } = await instance.snapshot()
  return bare(environmentResource(instance, settings, origin))
}
