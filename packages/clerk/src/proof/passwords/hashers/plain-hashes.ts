// Digests that were never meant for passwords, and that people bring nevertheless. They are replaced at the first
// successful check.

import { createHash } from 'node:crypto'

import { type Hasher, sameBytes } from './hasher.ts'

export const md5: Hasher = { form: /^[0-9a-f]{32}$/i, matches: unsalted('md5') }
export const sha256: Hasher = { form: /^[0-9a-f]{64}$/i, matches: unsalted('sha256') }
export const md5Salted: Hasher = { form: /^[^$]+\$[0-9a-f]{32}$/i, matches: salted('md5') }
export const sha256Salted: Hasher = { form: /^[^$]+\$[0-9a-f]{64}$/i, matches: salted('sha256') }

/** OpenLDAP: SHA-1 of the password and the salt, with the salt behind it. */
export const ldapSsha: Hasher = {
  form: /^\{SSHA\}[A-Za-z0-9+/]{28,}=*$/,
  matches: async (digest, password) => {
    const bytes = Buffer.from(digest.slice('{SSHA}'.length), 'base64')
    const hash = createHash('sha1').update(password).update(bytes.subarray(20)).digest()
    return sameBytes(bytes.subarray(0, 20), hash)
  },
}

/** The legacy encoder of Symfony: SHA-512 of the password with its salt in braces, and again over each result. */
export const sha512Symfony: Hasher = {
  form: /^sha512_symfony\$[1-9]\d{0,6}\$[^${}]*\$[A-Za-z0-9+/]{86}==$/,
  matches: async (digest, password) => {
    const [, iterations = '1', salt = '', hash = ''] = digest.split('$')
    const merged = salt === '' ? password : `${password}{${salt}}`
    let value = createHash('sha512').update(merged).digest()
    for (let round = 1; round < Number(iterations); round += 1)
      value = createHash('sha512').update(value).update(merged).digest()
    return sameBytes(Buffer.from(hash, 'base64'), value)
  },
}

function unsalted(algorithm: string): Hasher['matches'] {
  return async (digest, password) =>
    sameBytes(Buffer.from(digest, 'hex'), createHash(algorithm).update(password).digest())
}

/** Nothing says whether the salt stands before the password or behind it, so both are tried. */
function salted(algorithm: string): Hasher['matches'] {
  return async (digest, password) => {
    const [salt = '', hash = ''] = digest.split('$')
    const orders = [`${salt}${password}`, `${password}${salt}`]
    return orders.some((text) => sameBytes(Buffer.from(hash, 'hex'), createHash(algorithm).update(text).digest()))
  }
}
