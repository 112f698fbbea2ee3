// What a signed URL of a reader opens.

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { checked } from '../../door/checked.ts'
import type { OpenSignedClaims, SignedTokens } from '../../signed/signed-tokens.ts'
import { placeOf } from '../download/who-reads.ts'
import type { Place } from '../sql/read-object.ts'

const shown = z.object({ token: z.string() })

/** The object that the token names, whatever form its name has in the URL. Refuses with `storage.request-invalid` and as `SignedTokens.verify`. */
export async function openSigned(
  request: FastifyRequest,
  signed: SignedTokens,
): Promise<{ readonly place: Place; readonly claims: OpenSignedClaims }> {
  const { token } = checked('querystring', shown, request.query)
  const { bucket, name } = placeOf(request)
  const claims = await signed.verify(token, { url: `${bucket}/${name}`, scope: 'download' })
  const [signedBucket = '', ...segments] = claims.url.split('/')
  return { place: { bucket: signedBucket, name: segments.join('/') }, claims }
}
