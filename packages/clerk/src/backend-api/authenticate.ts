// Who calls the Backend API: whoever holds an instance's secret key, which also says which instance.

import { createHash, timingSafeEqual } from 'node:crypto'

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance.ts'

/** The instance of a Bearer secret key. Refuses a header of another form and a key that is nobody's. Compares in constant time. */
export function authenticate(authorization: string | undefined, instances: Iterable<Instance>): Instance {
  const [scheme, key, ...rest] = (authorization ?? '').split(' ')
  if (authorization === undefined || scheme?.toLowerCase() !== 'bearer' || !key || rest.length > 0) {
    throw new ClerkRefusal('authorization_header_format_invalid', {})
  }
  const offered = digest(key)
  let found: Instance | null = null
  for (const instance of instances) {
    if (timingSafeEqual(offered, digest(instance.configured.secretKey))) found = instance
  }
  if (found === null) throw new ClerkRefusal('clerk_key_invalid', {})
  return found
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
