// The key that a secret yields for one day, region and service.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

import type { CredentialScope, ShownSignature } from './signed-request.ts'

const ALGORITHM = 'AWS4-HMAC-SHA256'

/** Signs texts within the scope of one signature. */
export interface Signer {
  /** Whether `signature` (hex) is that of this text. Takes the same time for every signature. */
  verify(text: string, signature: string): boolean
}

export function createSigner(secret: string, { day, region, service }: CredentialScope): Signer {
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`)
  return {
    verify(text, signature) {
      const expected = hmac(key, text)
      const shown = Buffer.from(signature, 'hex')
      return shown.length === expected.length && timingSafeEqual(shown, expected)
    },
  }
}

/** What is signed of a request. */
export function stringToSign({ date, scope }: ShownSignature, canonicalRequest: string): string {
  return [ALGORITHM, date, scopeText(scope), sha256(canonicalRequest)].join('\n')
}

export function scopeText({ day, region, service }: CredentialScope): string {
  return `${day}/${region}/${service}/aws4_request`
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
