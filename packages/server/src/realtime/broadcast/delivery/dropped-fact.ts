// A broadcast that no policy lets out: its sender is told nothing, as upstream, and the log is.

import type { Occasion, RefusedFact } from '../../limits/refusal-log.ts'

/** The line for the log. */
export function droppedFact(sender: Omit<Occasion, 'what'>): RefusedFact {
  return {
    ...sender,
    what: 'broadcast dropped',
    code: 'realtime.write-unauthorized',
    reason: 'No policy on realtime.messages for insert lets the sender write to the topic',
    right: 'broadcast write',
  }
}
