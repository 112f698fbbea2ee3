// Is the server there, and does a proxy in front of it tell what it must?

import { proxyOrigin, requireRedirectUrl } from '../../browser/page-origin.ts'
import {
  bare,
  type FrontendAnswer,
  type FrontendEndpoint,
  type FrontendRequest,
  redirect,
} from '../frontend-request.ts'

export const healthEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/health', access: 'open', answer: async () => bare({ status: 'healthy' }) },
  { method: 'GET', path: '/v1/proxy-health', access: 'open', answer: proxyHealth },
  { method: 'GET', path: '/v1/redirect', access: 'open', answer: redirectBrowser },
]

async function proxyHealth({ instance, headers, ipAddress }: FrontendRequest): Promise<FrontendAnswer> {
  if (proxyOrigin(headers, instance) !== null) return bare({ status: 'healthy', x_forwarded_for: ipAddress })
  const message = 'The proxy has to send Clerk-Proxy-Url with its own address and Clerk-Secret-Key with the secret key.'
  return bare({ status: 'unhealthy', message })
}

async function redirectBrowser({ instance, query, headers }: FrontendRequest): Promise<FrontendAnswer> {
  return redirect(await requireRedirectUrl(query.get('redirect_url'), 'redirect_url', instance, headers))
}
