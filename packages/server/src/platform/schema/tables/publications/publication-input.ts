// A publication as it is asked for.

import { z } from 'zod'

import { name, qualifiedName } from '../../../request/names.ts'

const operations = z
  .array(z.enum(['insert', 'update', 'delete', 'truncate']))
  .min(1, 'a publication announces something')
const tables = z.array(qualifiedName)

/** `POST /publications`. */
export const newPublication = z.object({
  name,
  /** All there are and will be; a superuser alone may say so. */
  allTables: z.boolean().default(false),
  tables: tables.default([]),
  operations: operations.default(['insert', 'update', 'delete', 'truncate']),
})

export type NewPublication = z.infer<typeof newPublication>

/** `PATCH /publications/:name`: what is left out stays. */
export const publicationChange = z.object({
  name: name.optional(),
  operations: operations.optional(),
  tables: z.object({ add: tables.default([]), drop: tables.default([]) }).default({ add: [], drop: [] }),
})

export type PublicationChange = z.infer<typeof publicationChange>
