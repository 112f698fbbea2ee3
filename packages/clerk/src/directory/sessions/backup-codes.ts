// A person's backup codes, from either door. Each change is told as a change of the user.

import { randomInt } from 'node:crypto'

import { deleteBackupCodes, replaceBackupCodes } from '../../state/people/backup-codes.ts'
import type { Store } from '../../state/database/store.ts'
import { changeUser } from '../people/change-user.ts'

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const count = 10
const length = 8

/** Gives a user ten new codes in the place of those before, and hands them back to be shown once. Refuses an unknown user. */
export function makeBackupCodes(store: Store, userId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: count }, randomCode)
  return store.atomically(async (inner) => {
    await replaceBackupCodes(inner, userId, codes)
    await changeUser(inner, userId, {})
    return codes
  })
}

/** Takes a user's codes away. Refuses an unknown user. */
export function removeBackupCodes(store: Store, userId: string): Promise<void> {
  return store.atomically(async (inner) => {
    await deleteBackupCodes(inner, userId)
    await changeUser(inner, userId, {})
  })
}

function randomCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
