// From a request to one whose sender is known: its signature verified, its body about to be.

import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'

import { Refusal } from '../../refusal/refusal.ts'
import type { StorageDeps } from '../door/storage-deps.ts'
import { openBody } from './body/open-body.ts'
import { callerOf } from './credentials/caller-of.ts'
import { type S3Keys, signingKeyOf } from './credentials/s3-keys.ts'
import { authenticateForm, isForm } from './form/authenticate-form.ts'
import { parseTarget, type S3Request } from './s3-request.ts'
import { parseQuery, type QueryPair } from './signature/parse-query.ts'
import { parseSignature } from './signature/parse-signature.ts'
import { headerOf, type SignableRequest } from './signature/signed-request.ts'
import { verifySignature } from './signature/verify-signature.ts'

/** Before the bucket in every path. */
export const S3_PREFIX = '/storage/v1/s3'

/** Refuses with `s3.*` and with `token.*`. */
export async function authenticate(
  request: FastifyRequest,
  { config, identify, now }: Pick<StorageDeps, 'config' | 'identify' | 'now'>,
  keys: S3Keys,
): Promise<S3Request> {
  const signable: SignableRequest = {
    method: request.method,
    url: request.raw.url ?? request.url,
    headers: request.headers,
  }
  const shown = parseSignature(signable)
  const target = parseTarget(pathOf(signable))
  if (shown === null && isForm(request)) return await authenticateForm(request, { config, identify, now }, keys, target)
  if (shown === null) throw new Refusal('s3.signature-missing', {}, { fix: 'Sign the request (AWS Signature v4).' })
  const { secrets, ...who } = signingKeyOf(shown, keys)
  const { region } = config.s3Protocol
  const signer = verifySignature(signable, shown, { secrets, region, now: now(), ownPrefix: S3_PREFIX })
  const caller = await callerOf(request, who, identify)
  const query = parseQuery(signable.url)
  return {
    method: signable.method,
    ...target,
    query,
    ...headersOf(signable, shown.kind === 'query' ? query : []),
    caller,
    body: openBody(request.body instanceof Readable ? request.body : Readable.from([]), signable, shown, signer),
  }
}

/** Behind the prefix, which must stand there as it is: another spelling of it would shift what the rest names. */
function pathOf({ method, url }: SignableRequest): string {
  const [path = ''] = url.split('?', 1)
  if (path === S3_PREFIX || path.startsWith(`${S3_PREFIX}/`)) return path.slice(S3_PREFIX.length)
  throw new Refusal('storage.route-unknown', { method, path })
}

/** A signed URL carries as parameters what would be headers named `x-amz-…`. */
function headersOf(
  request: SignableRequest,
  hoisted: readonly QueryPair[],
): Pick<S3Request, 'header' | 'headersBehind'> {
  const all = new Map(Object.keys(request.headers).map((name) => [name, headerOf(request, name) ?? '']))
  for (const { name, value } of hoisted) {
    const header = name.toLowerCase()
    if (header.startsWith('x-amz-') && !all.has(header)) all.set(header, value)
  }
  return {
    header: (name) => all.get(name) ?? null,
    headersBehind: (prefix) =>
      Object.fromEntries(
        [...all].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
      ),
  }
}
