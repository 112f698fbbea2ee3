// PBKDF2 (RFC 8018) in the forms that Clerk's SDK documents: name, iterations, salt and hash between `$`.

import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'

import { type Hasher, sameBytes } from './hasher.ts'

const derive = promisify(pbkdf2)

type Encoding = 'utf8' | 'hex' | 'base64'

const alphabets: Readonly<Record<Encoding, string>> = {
  utf8: '[^$]+',
  hex: '(?:[0-9a-fA-F]{2})+',
  base64: '[A-Za-z0-9+/_-]+=*',
}

export const pbkdf2Sha256 = variant('pbkdf2_sha256', 'sha256', 'base64', 'base64')
export const pbkdf2Sha256Django = variant('pbkdf2_sha256', 'sha256', 'utf8', 'base64')
export const pbkdf2Sha512 = variant('pbkdf2_sha512', 'sha512', 'utf8', 'hex')
export const pbkdf2Sha512Hex = variant('pbkdf2_sha512_hex', 'sha512', 'hex', 'hex')

/** Its salt is hexadecimal or plain text, and nothing tells which where it could be both; a key length may follow. */
export const pbkdf2Sha1: Hasher = {
  form: /^pbkdf2_sha1\$\d{1,7}\$[^$]+\$(?:[0-9a-fA-F]{2})+(?:\$\d{1,3})?$/,
  matches: async (digest, password) => {
    const [, iterations = '1', salt = '', hash = ''] = digest.split('$')
    const expected = Buffer.from(hash, 'hex')
    const isHex = new RegExp(`^${alphabets.hex}$`).test(salt)
    for (const encoding of isHex ? (['hex', 'utf8'] as const) : (['utf8'] as const)) {
      const salted = Buffer.from(salt, encoding)
      if (sameBytes(expected, await derive(password, salted, Number(iterations), expected.length, 'sha1'))) return true
    }
    return false
  },
}

function variant(name: string, algorithm: string, salts: Encoding, hashes: Encoding): Hasher {
  return {
    form: new RegExp(String.raw`^${name}\$\d{1,7}\$${alphabets[salts]}\$${alphabets[hashes]}$`),
    matches: async (digest, password) => {
      const [, iterations = '1', salt = '', hash = ''] = digest.split('$')
      const expected = Buffer.from(hash, hashes)
      const salted = Buffer.from(salt, salts)
      return sameBytes(expected, await derive(password, salted, Number(iterations), expected.length, algorithm))
    },
  }
}
