// How secrets are kept that are random and long: nobody could guess one, so a plain digest hides it.

import { createHash } from 'node:crypto'

/** The digest under which a token, nonce, code of an OAuth grant or other long secret is kept. */
export function secretDigest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
