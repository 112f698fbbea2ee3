// Names as people type them: anything Postgres can store as an identifier. Quoting is the business of `sql/`.

import { z } from 'zod'

/** Postgres cuts longer ones off in silence. Bytes. */
const LONGEST = 63

/** One identifier, neither empty nor longer than Postgres keeps. */
export const name = z
  .string()
  .min(1, 'a name is missing')
  .refine((text) => Buffer.byteLength(text) <= LONGEST, `a name has at most ${LONGEST} bytes`)
  .refine((text) => !text.includes('\0'), 'a name has no NUL byte')

/** A name within a schema. */
export const qualifiedName = z.object({ schema: name, name })
