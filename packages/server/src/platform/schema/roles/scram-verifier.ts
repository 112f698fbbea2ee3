// A password as Postgres keeps it (RFC 5803), so that neither its log nor anybody's answer ever holds the password.

import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

/** Postgres' own count. */
const ROUNDS = 4096

/** `SCRAM-SHA-256$4096:<salt>$<stored key>:<server key>`. The salt is 16 random bytes. */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ROUNDS, 32, 'sha256')
  const keyed = (word: string): Buffer => createHmac('sha256', salted).update(word).digest()
  const storedKey = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${storedKey}:${keyed('Server Key').toString('base64')}`
}
