// How addresses name what stands in the database.

import { z } from 'zod'

import { name } from './names.ts'
import { queryFlag } from './query-flag.ts'

/** `?schema=`; left out, `public`. */
export const listedSchema = z.object({ schema: name.default('public') })

/** `:oid`, as the lists give it. */
export const objectPath = z.object({ oid: z.coerce.number().int().positive().max(4_294_967_295) })

/** `?cascade=true` drops what depends on it, too. */
export const dropWish = z.object({ cascade: queryFlag })
