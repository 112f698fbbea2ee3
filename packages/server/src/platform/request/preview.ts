// A look at the SQL before it is run.

import { z } from 'zod'

/** `"preview": true` in a body: nothing is run, and the answer is the `sql`. */
export const preview = z.boolean().default(false)
