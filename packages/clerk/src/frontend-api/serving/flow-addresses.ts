// The addresses of a way to a provider, out of the request that begins it.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { optionalText } from '../../parameters/body.ts'
import { browserBase, requireRedirectUrl } from '../../browser/page-origin.ts'
import type { FrontendRequest } from '../frontend-request.ts'

export interface FlowAddresses {
  readonly browserBase: string
  readonly redirectUrl: string
  readonly completeUrl: string | null
}

/** Where the browser reaches us, and where it goes in the end. Refuses an address that redirects may not lead to. */
export async function flowAddresses(request: FrontendRequest): Promise<FlowAddresses> {
  const { instance, form, headers } = request
  const given = optionalText(form, 'redirect_url') ?? null
  if (given === null) throw new ClerkRefusal('form_param_missing', { param: 'redirect_url' })
  const complete = optionalText(form, 'action_complete_redirect_url') || null
  return {
    browserBase: browserBase(headers, instance),
    redirectUrl: recognizable(request, await requireRedirectUrl(given, 'redirect_url', instance, headers)),
    completeUrl:
      complete === null
        ? null
        : recognizable(request, await requireRedirectUrl(complete, 'action_complete_redirect_url', instance, headers)),
  }
}

/** In development an application on another origin than the page that asks learns from the address which browser comes. */
function recognizable({ instance, query, origin }: FrontendRequest, url: URL): string {
  const devBrowser = query.get('__clerk_db_jwt')
  if (instance.isDevelopment && devBrowser !== null && url.origin !== origin) {
    url.searchParams.set('__clerk_db_jwt', devBrowser)
  }
  return url.href
}
