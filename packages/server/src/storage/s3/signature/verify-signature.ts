// Whether a signature is that of the request it came with, now, and for this server.

import { Refusal } from '../../../refusal/refusal.ts'
import { canonicalRequests } from './canonical-request.ts'
import type { ShownSignature, SignableRequest } from './signed-request.ts'
import { createSigner, type Signer, stringToSign } from './signing-key.ts'

const MINUTE = 60_000
const SKEW = 15 * MINUTE
/** What clients name that have none of their own. */
const ANY_REGION = new Set(['us-east-1', 'auto'])

export interface VerifyOptions {
  /** Any of them may have signed. */
  readonly secrets: readonly string[]
  readonly region: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Before the bucket in a path, as `/storage/v1/s3`. */
  readonly ownPrefix: string
}

/**
 * What signed it, which also signs what follows. Refuses with `s3.scope-wrong`, `s3.time-skewed`, `s3.signature-expired`,
 * `s3.headers-unsigned`, `s3.signature-mismatch`.
 */
export function verifySignature(request: SignableRequest, shown: ShownSignature, options: VerifyOptions): Signer {
  assertScope(shown, options.region)
  assertTime(shown, options.now)
  assertCovered(request, shown)
  const texts = canonicalRequests(request, shown, options.ownPrefix)
  const signer = signerOf(
    shown,
    options.secrets,
    texts.map((text) => stringToSign(shown, text)),
  )
  if (signer === null) throw new Refusal('s3.signature-mismatch', { canonicalRequest: texts[0] ?? null })
  return signer
}

/** The secret that signed one of these texts; null where none did. */
export function signerOf(shown: ShownSignature, secrets: readonly string[], texts: readonly string[]): Signer | null {
  const signers = secrets.map((secret) => createSigner(secret, shown.scope))
  return signers.find((signer) => texts.some((text) => signer.verify(text, shown.signature))) ?? null
}

/** Refuses with `s3.scope-wrong`. */
export function assertScope({ scope, date }: ShownSignature, region: string): void {
  if (scope.service !== 's3') throw new Refusal('s3.scope-wrong', { part: 'service', expected: 's3' })
  if (scope.region !== region && !ANY_REGION.has(scope.region))
    throw new Refusal(
      's3.scope-wrong',
      { part: 'region', expected: region },
      { fix: `Set the region of the client to ${region}, which \`tenon status\` prints as S3_PROTOCOL_REGION.` },
    )
  if (!date.startsWith(scope.day)) throw new Refusal('s3.scope-wrong', { part: 'date', expected: date.slice(0, 8) })
}

function assertTime({ kind, time, expires }: ShownSignature, now: number): void {
  const isEarly = time - now > SKEW
  const isLate = kind === 'header' && now - time > SKEW
  if (isEarly || isLate)
    throw new Refusal(
      's3.time-skewed',
      { requestTime: time, serverTime: now },
      { fix: 'Set the clock of the machine that signs; 15 minutes are allowed.' },
    )
  if (expires !== null && time + expires * 1000 < now)
    throw new Refusal('s3.signature-expired', { expiredAt: time + expires * 1000 })
}

/** Whoever was given a signed URL must not be able to make it mean more, such as a copy of another object. */
function assertCovered({ headers }: SignableRequest, { kind, signedHeaders }: ShownSignature): void {
  if (!signedHeaders.includes('host')) throw new Refusal('s3.headers-unsigned', { headers: ['host'] })
  const missing = Object.keys(headers).filter(
    (name) =>
      name.startsWith('x-amz-') &&
      !signedHeaders.includes(name) &&
      // Says nothing more of a URL: its signature has its own word on the body, or none.
      !(kind === 'query' && name === 'x-amz-content-sha256'),
  )
  if (missing.length > 0) throw new Refusal('s3.headers-unsigned', { headers: missing })
}
