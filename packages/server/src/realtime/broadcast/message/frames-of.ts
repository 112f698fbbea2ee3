// The forms in which each serializer says a broadcast.

import type { Frame, Outgoing, Vsn } from '../../sockets/connection.ts'
import { printBroadcast } from '../../wire/print-broadcast.ts'
import { printRawMessage } from '../../wire/print-message.ts'
import { outgoing } from '../delivery/deliver.ts'
import { asText, type BroadcastMessage } from './broadcast-message.ts'

/**
 * What came by event and payload is binary for 2.0.0, as upstream sends it, and text where its names are too long for
 * that form; 1.0.0 hears text. Raw bytes that no form can say are passed over.
 */
export function framesOf(topic: string, message: BroadcastMessage): Outgoing {
  return outgoing((vsn) => binaryFor(vsn, topic, message) ?? textFor(vsn, topic, message))
}

function binaryFor(vsn: Vsn, topic: string, message: BroadcastMessage): Frame | null {
  if (vsn === '1.0.0' || message.kind === 'text') return null
  const { event, encoding, payload, metadata } = message
  return printBroadcast({ topic, event, metadata, encoding, bytes: payload })
}

function textFor(vsn: Vsn, topic: string, message: BroadcastMessage): Frame | null {
  const json = message.kind === 'text' ? message.json : asText(message)
  return json === null ? null : printRawMessage(vsn, topic, 'broadcast', json)
}
