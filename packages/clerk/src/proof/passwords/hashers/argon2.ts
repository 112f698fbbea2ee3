// argon2i and argon2id, in the PHC form.

import { verify } from '@node-rs/argon2'

import type { Hasher } from './hasher.ts'

export const argon2i = variant('argon2i')
export const argon2id = variant('argon2id')

function variant(name: string): Hasher {
  const form = String.raw`^\$${name}\$v=\d+\$m=\d{1,7},t=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]+=*\$[A-Za-z0-9+/]+=*$`
  return { form: new RegExp(form), matches: (digest, password) => verify(digest, password) }
}
