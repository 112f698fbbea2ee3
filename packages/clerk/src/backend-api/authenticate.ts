// Who calls the Backend API: whoever holds an instance's secret key, which also says which instance.

import { createHash, timingSafeEqual } from 'node:crypto'

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'

/** Tells whose secret key an `Authorization` header shows. */
export type Authenticate = (authorization: string | undefined) => Instance

/**
 * What finds the instance of a Bearer secret key. It refuses a header of another form and a key that is nobody's, and
 * compares with every instance in constant time.
 */
export function authenticator(instances: Iterable<Instance>): Authenticate {
  const holders = Array.from(instances, (instance) => ({ instance, key: digest(instance.configured.secretKey) }))
  return (authorization) => {
    const [scheme, key, ...rest] = (authorization ?? '').split(' ')
    if (authorization === undefined || scheme?.toLowerCase() !== 'bearer' || !key || rest.length > 0) {
      throw new ClerkRefusal('authorization_header_format_invalid', {})
    }
    const offered = digest(key)
    let found: Instance | null = null
    for (const holder of holders) {
      if (timingSafeEqual(offered, holder.key)) found = holder.instance
    }
    if (found === null) throw new ClerkRefusal('clerk_key_invalid', {})
    return found
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
