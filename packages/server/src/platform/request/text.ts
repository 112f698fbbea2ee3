// Text of any length that Postgres can hold.

import { z } from 'zod'

/** Text without the one character that Postgres has no room for; `what` begins the sentence that says so. */
export function textOf(what: string): z.ZodString {
  return z.string().refine((text) => !text.includes('\0'), `${what} has no NUL byte`)
}

/** Text that stands for itself. */
export const text = textOf('text')
