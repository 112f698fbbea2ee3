// Yes and no in an address, where everything is text.

import { z } from 'zod'

/** `?name=true`, as a boolean; left out, false. */
export const queryFlag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')
