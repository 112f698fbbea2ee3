// Ids as Clerk's look: a prefix and 27 base62 characters of a KSUID (four bytes of seconds since
// 2014-05-13, sixteen random ones), so that they sort by the second they were made.

import { randomBytes } from 'node:crypto'

/** What stands before the underscore, by resource. */
export type IdPrefix =
  | 'act'
  | 'alid'
  | 'blid'
  | 'client'
  | 'dmn'
  | 'eac'
  | 'ema'
  | 'idn'
  | 'img'
  | 'ins'
  | 'inv'
  | 'jtmp'
  | 'msg'
  | 'oapp'
  | 'oat'
  | 'org'
  | 'orgdmn'
  | 'orginv'
  | 'orgmem'
  | 'orgmreq'
  | 'orgsug'
  | 'perm'
  | 'psk'
  | 'role'
  | 'roleset'
  | 'ru'
  | 'sact'
  | 'sess'
  | 'sia'
  | 'sit'
  | 'sms'
  | 'sua'
  | 'user'
  | 'ver'
  | 'wep'
  | 'wle'

const epochSeconds = 1_400_000_000
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const length = 27

/** An id from a moment (Unix milliseconds) and sixteen bytes of randomness. */
export function idOf(prefix: IdPrefix, nowMilliseconds: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(20)
  bytes.writeUInt32BE(Math.max(0, Math.floor(nowMilliseconds / 1000) - epochSeconds) >>> 0)
  bytes.set(random.subarray(0, 16), 4)
  let number = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  while (text.length < length) {
    text = alphabet[Number(number % 62n)] + text
    number /= 62n
  }
  return `${prefix}_${text}`
}

/** A fresh id. */
export function newId(prefix: IdPrefix): string {
  return idOf(prefix, Date.now(), randomBytes(16))
}
