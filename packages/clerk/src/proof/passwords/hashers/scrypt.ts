// scrypt (RFC 7914) as Firebase and Werkzeug use it.

import { createCipheriv, scrypt } from 'node:crypto'

import { type Hasher, sameBytes } from './hasher.ts'

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

const base64 = '[A-Za-z0-9+/_-]+=*'

/** Hash, salt, signer key, salt separator, rounds and memory cost. The derived key encrypts the signer key. */
export const scryptFirebase: Hasher = {
  form: new RegExp(String.raw`^${base64}\$${base64}\$${base64}\$${base64}\$[1-9]\d?\$(?:[1-9]|1[0-7])$`),
  matches: async (digest, password) => {
    const [hash = '', salt = '', signerKey = '', separator = '', rounds = '8', memoryCost = '14'] = digest.split('$')
    const salted = Buffer.concat([salt, separator].map((part) => Buffer.from(part, 'base64')))
    const key = await derive(password, salted, 32, { N: 2 ** Number(memoryCost), r: Number(rounds), p: 1 })
    const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
    const encrypted = Buffer.concat([cipher.update(Buffer.from(signerKey, 'base64')), cipher.final()])
    return sameBytes(Buffer.from(hash, 'base64'), encrypted)
  },
}

/** `scrypt:N:r:p`, salt and hash. Werkzeug writes the hash in hexadecimal; Clerk's SDK speaks of base64. */
export const scryptWerkzeug: Hasher = {
  form: new RegExp(String.raw`^\$?scrypt:\d{1,6}:[1-9]\d?:[1-9]\$[^$]+\$${base64}$`),
  matches: async (digest, password) => {
    const [parameters = '', salt = '', hash = ''] = digest.replace(/^\$/, '').split('$')
    const [, N, r, p] = parameters.split(':').map(Number)
    if (N === undefined || r === undefined || p === undefined || N < 2 || (N & (N - 1)) !== 0) return false
    const expected = Buffer.from(hash, /^[0-9a-f]{128}$/i.test(hash) ? 'hex' : 'base64')
    return sameBytes(expected, await derive(password, Buffer.from(salt), 64, { N, r, p }))
  },
}

function derive(password: string, salt: Buffer, length: number, cost: Cost): Promise<Buffer> {
  const maxmem = 256 * cost.N * cost.r
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, { ...cost, maxmem }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
