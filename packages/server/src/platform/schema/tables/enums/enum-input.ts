// An enumerated type as it is asked for.

import { z } from 'zod'

import { repeated } from '../columns/column-input.ts'
import { name } from '../../../request/names.ts'
import { preview } from '../../../request/preview.ts'

/** Postgres keeps a value as it keeps a name. */
const value = name

/** `POST /enums`. */
export const newEnum = z.object({
  schema: name.default('public'),
  name,
  values: z
    .array(value)
    .min(1, 'an enumerated type needs a value')
    .superRefine((values, context) => {
      const twice = repeated(values)
      if (twice !== undefined) context.addIssue({ code: 'custom', message: `the value “${twice}” is there twice` })
    }),
  comment: z.string().nullable().default(null),
  preview,
})

export type NewEnum = z.infer<typeof newEnum>

/** Values can be added and renamed; taking one away is nothing that Postgres can do. */
export const enumChange = z.object({
  name: name.optional(),
  comment: z.string().nullable().optional(),
  rename: z.array(z.object({ from: value, to: value })).default([]),
  add: z.array(z.object({ value, before: value.optional(), after: value.optional() })).default([]),
  preview,
})

export type EnumChange = z.infer<typeof enumChange>
