// What the endpoints about triggers take.

import { z } from 'zod'

import { name, qualifiedName } from '../../request/names.ts'
import { preview } from '../../request/preview.ts'
import { text } from '../../request/text.ts'

/** `POST /triggers`. */
export const newTrigger = z
  .object({
    name,
    /** The table's. */
    schema: name.default('public'),
    table: name,
    function: qualifiedName,
    /** What the function reads in `TG_ARGV`. */
    arguments: z.array(text).default([]),
    timing: z.enum(['before', 'after', 'instead of']).default('before'),
    events: z.array(z.enum(['insert', 'update', 'delete', 'truncate'])).min(1, 'a trigger needs an event'),
    /** Only an update of one of these counts. */
    columns: z.array(name).default([]),
    orientation: z.enum(['row', 'statement']).default('row'),
    /** An SQL expression over OLD and NEW. */
    when: text.nullable().default(null),
    preview,
  })
  .refine(({ columns, events }) => columns.length === 0 || events.includes('update'), {
    message: 'only UPDATE can be narrowed to columns',
    path: ['columns'],
  })

export type TriggerInput = z.infer<typeof newTrigger>

/** `PATCH /triggers/:oid`. `origin` is the usual way to be enabled. */
export const changedTrigger = z.object({
  name: name.optional(),
  enabled: z.enum(['origin', 'replica', 'always', 'disabled']).optional(),
  preview,
})

export type TriggerChange = z.infer<typeof changedTrigger>
