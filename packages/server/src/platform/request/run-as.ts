// Who a statement of Studio's runs as: the owner of the database, or a role with claims, as a request would have them.

import { z } from 'zod'

import { name } from './names.ts'

/** On the wire `"as": {"role": "authenticated", "claims": {"sub": "user_…"}}`; left out, the owner. */
export const runAs = z
  .object({
    // To Postgres no role, so that the owner herself would ask.
    role: name.refine((role) => role !== 'none', 'none is no role'),
    /** `request.jwt.claims`; null where nobody is signed in. */
    claims: z.record(z.string(), z.unknown()).nullable().default(null),
  })
  .nullable()
  .default(null)

export type RunAs = z.infer<typeof runAs>
