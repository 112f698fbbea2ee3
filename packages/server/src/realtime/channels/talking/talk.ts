// The part of a conversation that answering a message needs.

import type { Identity } from '../../../identity/identity.ts'
import type { Connection } from '../../sockets/connection.ts'
import type { Message } from '../../wire/message.ts'
import type { Reply } from '../channel.ts'
import type { ChannelDeps } from './channel-deps.ts'
import type { JoinedChannel, Keeper } from '../joined-channel.ts'

export interface Talk extends Keeper {
  readonly connection: Connection
  readonly deps: ChannelDeps
  /** Whom the socket's key makes of the caller. */
  readonly identity: Identity
  /** By topic; those that are about to join among them. */
  readonly channels: Map<string, JoinedChannel>
  readonly isClosed: boolean
  /** Answers a message. */
  reply(message: Message, reply: Reply): void
}

export const done: Reply = { status: 'ok', response: {} }
