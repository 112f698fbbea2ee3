// Names of saved queries, which are names of files.

import { z } from 'zod'

const LONGEST = 100
/** Separators of folders, and what some file systems keep for themselves. */
const forbidden = /[\p{Cc}/\\:*?"<>|]/u

/** A name that stays within its folder and can be written on any file system; without `.sql`. */
export const snippetName = z
  .string()
  .trim()
  .min(1, 'a name is missing')
  .refine((name) => Buffer.byteLength(name) <= LONGEST, `a name has at most ${LONGEST} bytes`)
  .refine((name) => !forbidden.test(name), 'a name has none of / \\ : * ? " < > |')
  .refine((name) => !name.startsWith('.') && !name.endsWith('.'), 'a name neither begins nor ends with a dot')
