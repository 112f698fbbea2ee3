// The rates that clients of one process share.

import type { RealtimeLimits } from '../config.ts'
import { Rate } from './rate.ts'

export interface Rates {
  readonly joins: Rate
  /** Each message sent and each one delivered. */
  readonly messages: Rate
  readonly presence: Rate
}

/** Rates at nought. */
export function createRates(limits: RealtimeLimits, now: () => number): Rates {
  return {
    joins: new Rate(limits.joinsPerSecond, now),
    messages: new Rate(limits.messagesPerSecond, now),
    presence: new Rate(limits.presenceMessagesPerSecond, now),
  }
}
