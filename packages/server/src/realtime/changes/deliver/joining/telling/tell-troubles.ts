// Tells channels why their subscriptions hear nothing, once for each reason, and when that is over.

import type { Listener } from '../../routes/listener.ts'
import { SUBSCRIBED } from '../say-subscribed.ts'
import { type Trouble, troubleOf } from './trouble-of.ts'

/** Says what has changed since a channel was last told. */
export type TellTroubles = (listener: Listener) => void

/** Reasons that are remembered to have been reported. */
const MOST_REPORTED = 1000

/**
 * For a channel whose join was answered; before, there is nothing to add to what the join says. `report` hears once of
 * each reason that lies with the table and the role rather than with what the client wrote.
 */
export function createTellTroubles(publication: string, report: (message: string) => void): TellTroubles {
  const reported = new Set<string>()

  const reportOnce = ({ kind, message, hint }: Trouble): void => {
    const reason = hint ?? message
    if (kind === 'refused' || reported.has(reason)) return
    if (reported.size >= MOST_REPORTED) reported.clear()
    reported.add(reason)
    report(reason)
  }

  return (listener) => {
    if (!listener.isAnswered || listener.isOver) return
    let isBack = false
    for (const subscription of listener.subscriptions) {
      const trouble = troubleOf(subscription, publication)
      const before = subscription.toldOf
      subscription.toldOf = trouble?.hint ?? trouble?.message ?? null
      if (trouble === null) isBack ||= before !== null
      else if (subscription.toldOf !== before) {
        listener.channel.notice('postgres_changes', 'error', trouble.message, trouble.hint)
        reportOnce(trouble)
      }
    }
    if (isBack) listener.channel.notice('postgres_changes', 'ok', SUBSCRIBED)
  }
}
