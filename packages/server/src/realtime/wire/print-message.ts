// Prints what the server says as a whole text frame, in either serializer.

import type { Frame, Vsn } from '../sockets/connection.ts'
import { textFrame } from './frame.ts'
import type { Ref } from './message.ts'

export interface Saying {
  readonly joinRef: Ref
  readonly ref: Ref
  readonly topic: string
  readonly event: string
  readonly payload: unknown
}

/** The frame of one message; 1.0.0 leaves `join_ref` out. */
export function printMessage(vsn: Vsn, { joinRef, ref, topic, event, payload }: Saying): Frame {
  const said = vsn === '1.0.0' ? { topic, event, payload, ref } : [joinRef, ref, topic, event, payload]
  return textFrame(JSON.stringify(said))
}

/** The same of a payload that is JSON text already, for messages that many hear. */
export function printRawMessage(vsn: Vsn, topic: string, event: string, payloadJson: string): Frame {
  const [topicJson, eventJson] = [JSON.stringify(topic), JSON.stringify(event)]
  return textFrame(
    vsn === '1.0.0'
      ? `{"topic":${topicJson},"event":${eventJson},"payload":${payloadJson},"ref":null}`
      : `[null,null,${topicJson},${eventJson},${payloadJson}]`,
  )
}
