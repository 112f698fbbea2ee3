// What the policies on `realtime.messages` find in force, whether they are asked about a channel or about its rows.

import type { Setting } from '../../database/statement.ts'
import type { Identity } from '../../identity/identity.ts'

/** Without the role. The claims of one name each are the older form, which upstream sets here too. */
export function policySettings(identity: Identity, subtopic: string, headersJson: string): readonly Setting[] {
  return [
    ['realtime.topic', subtopic],
    ['request.jwt.claims', identity.claimsJson],
    ['request.jwt.claim.sub', identity.subject ?? ''],
    ['request.jwt.claim.role', identity.role],
    ['request.headers', headersJson],
    ['search_path', 'public, extensions'],
  ]
}
