// bcrypt, plain and as Django and Devise use it.

import { createHash } from 'node:crypto'

import { verify } from '@node-rs/bcrypt'

import type { Hasher } from './hasher.ts'

const digestForm = String.raw`\$2[abxy]\$(?:0[4-9]|1[0-6])\$[./A-Za-z0-9]{53}`

export const bcrypt: Hasher = {
  form: new RegExp(`^${digestForm}$`),
  matches: (digest, password) => verify(password, digest),
}

/** Django digests the SHA-256 of the password, in hexadecimal. */
export const bcryptSha256Django: Hasher = {
  form: new RegExp(String.raw`^bcrypt_sha256\$${digestForm}$`),
  matches: (digest, password) =>
    verify(createHash('sha256').update(password).digest('hex'), digest.slice('bcrypt_sha256$'.length)),
}

/** Devise appends a secret of the application, which follows the digest after another `$`. */
export const bcryptPeppered: Hasher = {
  form: new RegExp(String.raw`^${digestForm}\$.+$`),
  matches: (digest, password) => {
    const [, version, cost, rest, ...pepper] = digest.split('$')
    return verify(`${password}${pepper.join('$')}`, `$${version}$${cost}$${rest}`)
  },
}
