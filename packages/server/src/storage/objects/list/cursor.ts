// Where the next page of a listing begins, as a text that clients hand back unread.

import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'

const shape = z.object({
  name: z.string(),
  column: z.enum(['name', 'created_at', 'updated_at']),
  order: z.enum(['asc', 'desc']),
  time: z.iso.datetime().nullable(),
})

export type Cursor = z.infer<typeof shape>

export function printCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Refuses with `storage.parameter-invalid` what `printCursor` has not made. */
export function readCursor(text: string): Cursor {
  const parsed = shape.safeParse(parse(Buffer.from(text, 'base64url').toString()))
  if (parsed.success) return parsed.data
  const fix = 'Send the nextCursor of the page before as it came.'
  throw new Refusal('storage.parameter-invalid', { parameter: 'continuation token' }, { fix })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
