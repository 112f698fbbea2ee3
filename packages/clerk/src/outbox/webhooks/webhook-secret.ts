// The secret an endpoint's deliveries are signed with, in Svix's form: `whsec_` and a base64 key.

import { randomBytes } from 'node:crypto'

const keyBytes = 24

/** A fresh secret. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(keyBytes).toString('base64')}`
}

/** True for a secret that can sign: a base64 key of 24 to 64 bytes, as Svix asks. */
export function isWebhookSecret(text: string): boolean {
  const key = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1]
  if (key === undefined) return false
  const bytes = Buffer.from(key, 'base64').length
  return bytes >= keyBytes && bytes <= 64
}
