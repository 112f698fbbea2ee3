// From a form to a request whose sender is known: the policy is what was signed, and the fields stand for headers.

import type { FastifyRequest } from 'fastify'

import { Refusal } from '../../../refusal/refusal.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import { callerOf } from '../credentials/caller-of.ts'
import { type S3Keys, signingKeyOf } from '../credentials/s3-keys.ts'
import type { S3Request, S3Target } from '../s3-request.ts'
import { parseDate, parseDigest, parseScope } from '../signature/parse-signature.ts'
import { type ShownSignature, UNSIGNED_PAYLOAD } from '../signature/signed-request.ts'
import { assertScope, signerOf } from '../signature/verify-signature.ts'
import { bounded } from './bounded.ts'
import { assertAllowed, parsePolicy } from './policy.ts'
import { readSignedForm, type SignedForm } from './read-signed-form.ts'

/** A `POST` to a bucket that brings its signature along as fields. */
export function isForm({ method, headers }: FastifyRequest): boolean {
  return method === 'POST' && headers['content-type']?.startsWith('multipart/form-data') === true
}

/** Refuses with `s3.*`, `token.*`, `storage.request-invalid`. */
export async function authenticateForm(
  request: FastifyRequest,
  deps: Pick<StorageDeps, 'config' | 'identify' | 'now'>,
  keys: S3Keys,
  { bucket }: S3Target,
): Promise<S3Request> {
  const form = await readSignedForm(request.headers, request.body)
  try {
    return await requestOf(request, deps, keys, form, bucket)
  } catch (error) {
    form.file.destroy()
    throw error
  }
}

async function requestOf(
  request: FastifyRequest,
  { config, identify, now }: Pick<StorageDeps, 'config' | 'identify' | 'now'>,
  keys: S3Keys,
  { fields, file, filename }: SignedForm,
  bucket: string,
): Promise<S3Request> {
  const shown = signatureOf(fields)
  const { secrets, ...who } = signingKeyOf(shown, keys)
  assertScope(shown, config.s3Protocol.region)
  const policy = fields.get('policy') ?? ''
  if (signerOf(shown, secrets, [policy]) === null)
    throw new Refusal('s3.signature-mismatch', { canonicalRequest: null })
  const bounds = assertAllowed(parsePolicy(policy), new Map([...fields, ['bucket', bucket]]), now())
  return {
    method: 'FORM',
    bucket,
    key: (fields.get('key') ?? '').replaceAll('${filename}', filename),
    query: [],
    header: (name) => fields.get(name) ?? null,
    headersBehind: (prefix) =>
      Object.fromEntries(
        [...fields]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, value]) => [name.slice(prefix.length), value]),
      ),
    caller: await callerOf(request, who, identify),
    body: { bytes: bounded(file, bounds), size: null },
  }
}

function signatureOf(fields: ReadonlyMap<string, string>): ShownSignature {
  const field = (name: string): string | null => fields.get(name) ?? null
  if (field('policy') === null || field('x-amz-signature') === null) throw new Refusal('s3.signature-missing', {})
  return {
    kind: 'form',
    scope: parseScope(field('x-amz-credential')),
    ...parseDate(field('x-amz-date')),
    signedHeaders: [],
    signature: parseDigest(field('x-amz-signature')),
    sessionToken: field('x-amz-security-token'),
    payload: UNSIGNED_PAYLOAD,
    expires: null,
  }
}
