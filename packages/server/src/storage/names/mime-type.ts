// The types that a bucket may be limited to.

import { Refusal } from '../../refusal/refusal.ts'

const FORM = /^[a-z0-9+.-]+\/[a-z0-9+.-]+(?:;\s*charset=[a-z0-9-]+)?$/i
const LONGEST = 1000

/** `image/png`, `text/html; charset=utf-8`, `image/*`. Refuses with `storage.mime-type-refused`. */
export function checkMimeType(mimeType: string): void {
  if (mimeType.length <= LONGEST && (FORM.test(mimeType) || mimeType.endsWith('*'))) return
  throw new Refusal('storage.mime-type-refused', { mimeType }, { fix: 'Write it as image/png or image/*' })
}
