// Headers that a request, or a signed URL, wants in the answer instead of what is stored.

import { Refusal } from '../../../../refusal/refusal.ts'
import { servedType } from '../../../objects/download/headers/content-type.ts'
import { parameterOf, type S3Request } from '../../s3-request.ts'

const VISIBLE = /^[\x20-\x7e]+$/
const PLAIN = ['content-disposition', 'cache-control', 'content-encoding', 'content-language']

/**
 * A type is served under the same rules as a stored one: nothing runs as a page of this origin. What cannot stand in a header
 * is passed over, as upstream does. Refuses with `s3.argument-invalid` an expiry that is no time.
 */
export function overriddenHeaders(request: Pick<S3Request, 'query'>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of PLAIN) {
    const value = visible(parameterOf(request, `response-${name}`))
    if (value !== null) headers[name] = value
  }
  const type = visible(parameterOf(request, 'response-content-type'))
  if (type !== null) Object.assign(headers, typeHeaders(type))
  const expires = parameterOf(request, 'response-expires')
  if (expires !== null) headers['expires'] = readTime(expires)
  return headers
}

function typeHeaders(type: string): Record<string, string> {
  const { contentType, contentSecurityPolicy } = servedType(type)
  return {
    'content-type': contentType,
    ...(contentSecurityPolicy !== null && { 'content-security-policy': contentSecurityPolicy }),
  }
}

function visible(value: string | null): string | null {
  return value !== null && VISIBLE.test(value) ? value : null
}

function readTime(text: string): string {
  const time = Date.parse(text)
  if (Number.isNaN(time))
    throw new Refusal('s3.argument-invalid', { argument: 'response-expires', reason: 'is no time' })
  return new Date(time).toUTCString()
}
