// Queries too long for a URL: sent as the body of a request that is a GET in all but name. The QUERY method
// (draft-ietf-httpbis-safe-method-w-body) says so itself, a POST says so in X-HTTP-Method-Override.

import { Refusal } from '../../../refusal/refusal.ts'
import type { WebRequest } from '../../web.ts'
import { parseContentType } from '../media-type.ts'

const form = 'application/x-www-form-urlencoded'

/** Whether the body of the request is its query. Any other override is a header like another. */
export function hasQueryInBody({ method, headers }: WebRequest): boolean {
  if (method === 'QUERY') return true
  return method === 'POST' && headers['x-http-method-override']?.trim().toUpperCase() === 'GET'
}

/**
 * The GET that is meant: the parameters of the URL, then those of the body, which has at most `maximum` bytes.
 * Refuses `request.body-too-large`, `request.body-invalid` for a body that is no form, and what reading it refuses.
 */
export async function withQueryOfBody(web: WebRequest, maximum: number): Promise<WebRequest> {
  const body = (await web.body()).toString('latin1')
  if (body.length > maximum) throw new Refusal('request.body-too-large', { limit: maximum })
  if (body !== '') {
    const { essence, written } = parseContentType(web.headers['content-type'])
    if (essence !== form)
      throw new Refusal('request.body-invalid', { reason: `Content-Type not acceptable: ${written}` })
  }
  const query = [web.query, body].filter((part) => part !== '').join('&')
  return { ...web, method: 'GET', query }
}
