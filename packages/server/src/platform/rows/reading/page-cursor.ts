// The place of a row in an order, as an opaque text between us and ourselves.

import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'

const written = z.array(z.string().nullable())

/** Values longer than this are not worth carrying around; such a row has no cursor. Characters. */
const LONGEST_VALUE = 500

/** The values a row is ordered by; null where they are too long. */
export function writeCursor(values: readonly (string | null)[]): string | null {
  if (values.some((value) => value !== null && value.length > LONGEST_VALUE)) return null
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values back, `length` of them. Refuses `request.body-invalid`. */
export function readCursor(cursor: string, length: number): readonly (string | null)[] {
  const read = written.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()))
  if (read.success && read.data.length === length) return read.data
  throw new Refusal('request.body-invalid', { reason: 'from: this cursor belongs to another order of the rows' })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
