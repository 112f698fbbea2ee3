// What the policies on `realtime.messages` let somebody do on a private channel.

import type { Identity } from '../../identity/identity.ts'

interface ReadWrite {
  readonly read: boolean
  readonly write: boolean
}

export interface ChannelAccess {
  readonly broadcast: ReadWrite
  readonly presence: ReadWrite
}

/** Public channels ask nobody. */
export const publicAccess: ChannelAccess = {
  broadcast: { read: true, write: true },
  presence: { read: true, write: true },
}

/** Asks Postgres, once for everybody whom the policies cannot tell apart. Refuses with `realtime.policy-failed` and `postgres.*`. */
export type Authorize = (identity: Identity, subtopic: string, headersJson: string) => Promise<ChannelAccess>
