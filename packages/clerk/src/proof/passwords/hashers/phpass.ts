// phpass, the portable digest of WordPress and others: MD5 many times over.

import { createHash } from 'node:crypto'

import { type Hasher, sameBytes } from './hasher.ts'

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** `$P$`, the logarithm of the rounds (at most 2^20), eight characters of salt, 22 of checksum. */
const form = /^\$P\$[./0-9A-I][./0-9A-Za-z]{8}[./0-9A-Za-z]{22}$/

export const phpass: Hasher = { form, matches: async (digest, password) => matches(digest, password) }

/** The password was MD5 in hexadecimal already when it was digested. */
export const md5Phpass: Hasher = {
  form,
  matches: async (digest, password) => matches(digest, createHash('md5').update(password).digest('hex')),
}

function matches(digest: string, password: string): boolean {
  const rounds = 2 ** alphabet.indexOf(digest[3] ?? '')
  let hash = createHash('md5').update(digest.slice(4, 12)).update(password).digest()
  for (let round = 0; round < rounds; round += 1) hash = createHash('md5').update(hash).update(password).digest()
  return sameBytes(Buffer.from(digest.slice(12)), Buffer.from(encode(hash)))
}

/** Three bytes as four characters, the lowest six bits first. */
function encode(bytes: Buffer): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const value = (bytes[index] ?? 0) | ((bytes[index + 1] ?? 0) << 8) | ((bytes[index + 2] ?? 0) << 16)
    const characters = Math.min(4, Math.ceil(((bytes.length - index) * 8) / 6))
    for (let place = 0; place < characters; place += 1) text += alphabet[(value >> (6 * place)) & 63]
  }
  return text
}
