// Names in listings, which may hold what XML cannot write: clients then ask for them percent-encoded.

import { Refusal } from '../../../../refusal/refusal.ts'
import { parameterOf, type S3Request } from '../../s3-request.ts'
import { encodeStrictly } from '../../signature/parse-query.ts'

export type NameEncoding = (name: string) => string

/** Refuses with `s3.argument-invalid`. */
export function nameEncodingOf(request: Pick<S3Request, 'query'>): NameEncoding {
  const type = parameterOf(request, 'encoding-type')
  if (type === null) return (name) => name
  if (type !== 'url') throw new Refusal('s3.argument-invalid', { argument: 'encoding-type', reason: 'must be url' })
  return (name) => name.split('/').map(encodeStrictly).join('/')
}
