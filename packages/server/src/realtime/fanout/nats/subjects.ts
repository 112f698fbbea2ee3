// How the bus' subjects, which may be any text, are called in NATS, where a space, a wildcard or a stray dot is not allowed.

import { createHash } from 'node:crypto'

/** Longer ones are hashed: NATS bounds a line of its protocol, and servers index by subject. */
const LONGEST = 200

/** Parts of printable characters between single dots, without NATS' wildcards. */
const PLAIN = /^[!-)+-\-/-=?-~]+(?:\.[!-)+-\-/-=?-~]+)*$/

/** A subject that means the same for every process and differs for every other text. */
export function natsSubject(prefix: string, subject: string): string {
  return subject.length <= LONGEST && PLAIN.test(subject)
    ? `${prefix}.s.${subject}`
    : `${prefix}.h.${createHash('sha256').update(subject).digest('base64url')}`
}

/** Where processes tell that they live. */
export function peersSubject(prefix: string): string {
  return `${prefix}.p`
}
