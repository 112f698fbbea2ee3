// What was thrown, as the client is told: a refusal by its words, anything else by a trace id that the log has.

import { Fault } from '../../../refusal/fault.ts'
import { type PhoenixRefusal, renderPhoenix } from '../../../refusal/phoenix/render-phoenix.ts'
import { isRefusal } from '../../../refusal/refusal.ts'
import { factOf, type Occasion } from '../../limits/refusal-log.ts'
import type { Channel, Reply } from '../channel.ts'
import type { ChannelDeps } from './channel-deps.ts'

export type Refused =
  | ({ readonly kind: 'refused' } & PhoenixRefusal)
  | { readonly kind: 'fault'; readonly traceId: string }

/** Counts a refusal and notes it for the log, logs a fault. */
export function refusedBy(thrown: unknown, { counts, newId, report, note }: ChannelDeps, occasion: Occasion): Refused {
  const rendered = isRefusal(thrown) ? renderPhoenix(thrown) : null
  if (isRefusal(thrown) && rendered !== null) {
    counts.refused(thrown.code)
    note(factOf(thrown, rendered.message, occasion))
    return { kind: 'refused', ...rendered }
  }
  const fault = new Fault(newId(), thrown)
  report(fault)
  return { kind: 'fault', traceId: fault.traceId }
}

/** Something of a channel that was joined. */
export function occasionOf({ connection, topic, identity }: Channel, what: Occasion['what']): Occasion {
  return { what, whose: connection.id, topic, role: identity.role }
}

/** The reply to a message; with the fix, where refusals are explained. Clients print all that it holds, with commas between. */
export function errorReply(refused: Refused, { explain }: ChannelDeps): Reply {
  const reason = reasonOf(refused)
  const hint = explain && refused.kind === 'refused' && refused.fix !== null ? continuing(refused.fix) : null
  return { status: 'error', response: hint === null ? { reason } : { reason, hint } }
}

/** The sentence as it reads behind a comma; what begins with a name or a sign begins so still. */
function continuing(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z]* )/, (first) => first.toLowerCase())
}

/** The `reason` of an error reply. */
export function reasonOf(refused: Refused): string {
  return refused.kind === 'refused' ? refused.reason : `Fault: something broke here (trace id ${refused.traceId})`
}
