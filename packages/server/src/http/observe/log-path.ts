// A path as the access log tells it: short, and without the credentials that people paste into addresses.

import { hash } from 'node:crypto'

const LONGEST = 200
const DIGEST_LENGTH = 12
const SECRETIVE = /eyJ|s[bk]_/
/** A JSON Web Token or its beginning, and keys of Supabase and Clerk, where a word of the path begins. */
const SECRETS =
  /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))(?:eyJ[\w-]{8,}(?:\.[\w-]*)*|sb_(?:publishable|secret)_[\w-]+|sk_(?:test|live)_[\w-]+)/g

/** At most 200 characters; each token or key in it is replaced by a short digest. */
export function logPath(path: string): string {
  const plain = SECRETIVE.test(path) ? path.replaceAll(SECRETS, digestOf) : path
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain
}

/** Enough of a SHA-256 to tell credentials apart, and too little to be of use. */
export function digestOf(credential: string): string {
  return hash('sha256', credential, 'hex').slice(0, DIGEST_LENGTH)
}
