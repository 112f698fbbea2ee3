// One-time codes: six digits, kept under a digest that is of no use for another verification.

import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'

/** What test addresses and numbers accept, as Clerk documents it. */
const testCode = '424242'

/** A recipient that is for tests: `…+clerk_test@…`, or a number `+1 XXX 555 01NN`. Nothing is ever sent to it. */
export function isTestRecipient(recipient: string): boolean {
  return /^[^@]*\+clerk_test[^@]*@/.test(recipient) || /^\+1\d{3}55501\d\d$/.test(recipient)
}

/** A fresh code; the well-known one for test recipients while test mode is on. */
export function newCode(recipient: string, testMode: boolean): string {
  return testMode && isTestRecipient(recipient) ? testCode : String(randomInt(1_000_000)).padStart(6, '0')
}

/** The digest of a code that belongs to the verification (or domain) of an id. */
export function codeDigestOf(id: string, code: string): Buffer {
  return createHmac('sha256', id).update(code).digest()
}

/** Whether a code is the one of a digest. Takes the same time either way. */
export function isCodeOf(id: string, code: string, digest: Buffer): boolean {
  const shown = codeDigestOf(id, code)
  return shown.length === digest.length && timingSafeEqual(shown, digest)
}
