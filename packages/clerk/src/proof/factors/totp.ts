// Authenticator apps: RFC 6238 with SHA-1, six digits and thirty seconds, which is all that Clerk and most apps know.

import { Secret, TOTP } from 'otpauth'

const digits = 6
const period = 30
/** Steps before and after the present one whose codes still count. */
const tolerance = 1

/** A new secret, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The address that an app reads from a QR code. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return totpOf(secret, issuer, label).toString()
}

/** The step of RFC 6238 that a code is of, near a moment in Unix milliseconds; null when it is of none. Compares in constant time. */
export function totpStep(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp: now, window: tolerance })
  return delta === null ? null : Math.floor(now / 1000 / period) + delta
}

function totpOf(secret: string, issuer: string, label: string): TOTP {
  const padding = secret.replaceAll('=', '')
  return new TOTP({ issuer, label, algorithm: 'SHA1', digits, period, secret: Secret.fromBase32(padding) })
}
