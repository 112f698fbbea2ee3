// Who calls, and what the policies find in force while they judge it.

import type { Setting } from '../../database/statement.ts'
import type { Identity } from '../../identity/identity.ts'
import type { StorageOperation } from './operations.ts'

export interface Caller {
  readonly identity: Identity
  /** The token as it came; empty where there is none. What `request.jwt` shows. */
  readonly token: string
  readonly method: string
  /** Of the request, as `request.path` shows it. */
  readonly path: string
  /** What `request.headers` shows. */
  readonly headersJson: string
}

/** Transaction-local settings, without the role. The claims of one name each are the older form, which upstream sets too. */
export function callerSettings(caller: Caller, operation: StorageOperation): readonly Setting[] {
  const { identity } = caller
  return [
    ['request.jwt.claims', identity.claimsJson],
    ['request.jwt', caller.token],
    ['request.jwt.claim.sub', identity.subject ?? ''],
    ['request.jwt.claim.role', identity.role],
    ['request.method', caller.method],
    ['request.path', caller.path],
    ['request.headers', caller.headersJson],
    ['storage.operation', operation],
    ['search_path', 'storage, public, extensions'],
  ]
}
