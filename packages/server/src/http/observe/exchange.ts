// What this stage knows of one request while it is answered.

import type { IncomingMessage } from 'node:http'
import type { Identity } from '../../identity/identity.ts'
import type { DoorName } from '../routing/routing-table.ts'
import type { Target } from '../routing/split-target.ts'

export interface Exchange {
  readonly request: IncomingMessage
  readonly id: string
  /** Came by Studio's server, whose session stands for the secret key, and whose pages are of one origin with it. */
  readonly admitted: boolean
  /** Milliseconds on the monotonic clock. */
  readonly startedAt: number
  readonly target: Target
  /** `gateway` until a door is found. */
  door: DoorName | 'gateway'
  /** Once the door has told. */
  identity: Identity | null
}
