// What the endpoints about functions take.

import { z } from 'zod'

import { name } from '../../request/names.ts'
import { preview } from '../../request/preview.ts'
import { text } from '../../request/text.ts'

const behaviour = z.enum(['immutable', 'stable', 'volatile'])
const security = z.enum(['invoker', 'definer'])
const mode = z.enum(['in', 'out', 'inout', 'variadic'])
const setting = z.object({
  name: z.string().regex(/^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)?$/, 'this is not the name of a setting'),
  value: text,
})

export type Behaviour = z.infer<typeof behaviour>
export type Security = z.infer<typeof security>
export type ArgumentMode = z.infer<typeof mode>

const argument = z.object({
  /** Left empty, the body says `$1`. */
  name: name.or(z.literal('')).default(''),
  type: text.min(1, 'a type is missing'),
  mode: mode.default('in'),
  default: text
    .nullable()
    .default(null)
    .transform((value) => (value === '' ? null : value)),
})

/** `POST /functions`. The defaults are those of Postgres. */
export const newFunction = z.object({
  schema: name.default('public'),
  name,
  /** `text`, `setof todos`, `table(id bigint, title text)`; null where OUT arguments say it. */
  returns: text.nullable().default('void'),
  arguments: z.array(argument).default([]),
  language: name.default('plpgsql'),
  behaviour: behaviour.default('volatile'),
  security: security.default('invoker'),
  configuration: z.array(setting).default([]),
  definition: text.min(1, 'the definition is missing'),
  comment: text.default(''),
  preview,
})

export type FunctionInput = z.infer<typeof newFunction>

/** `PATCH /functions/:oid`: what is left out stays. */
export const changedFunction = z.object({
  /** The one that was read: it is refused where somebody changed the function since. */
  version: z.string().optional(),
  schema: name.optional(),
  name: name.optional(),
  language: name.optional(),
  behaviour: behaviour.optional(),
  security: security.optional(),
  configuration: z.array(setting).optional(),
  definition: text.min(1, 'the definition is missing').optional(),
  comment: text.optional(),
  /** Named so that they are refused with the reason instead of being passed over. */
  returns: z.unknown().optional(),
  arguments: z.unknown().optional(),
  preview,
})

export type FunctionChange = z.infer<typeof changedFunction>
