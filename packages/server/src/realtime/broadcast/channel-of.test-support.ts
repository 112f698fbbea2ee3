// Channels for tests of what is done with them: they keep what they were told.

import { publicAccess, type ChannelAccess } from '../access/channel-access.ts'
import type { Channel } from '../channels/channel.ts'
import type { Connection, Frame, Vsn } from '../sockets/connection.ts'
import type { Identity } from '../../identity/identity.ts'

export interface KeptConnection extends Connection {
  readonly sent: Frame[]
}

export interface KeptChannel extends Channel {
  readonly connection: KeptConnection
  access: ChannelAccess
  readonly ended: string[]
}

interface ChannelWishes {
  readonly subtopic?: string
  readonly isPrivate?: boolean
  readonly vsn?: Vsn
  readonly connection?: KeptConnection
  readonly ack?: boolean
  readonly self?: boolean
  readonly access?: ChannelAccess
}

export const anonymous: Identity = {
  kind: 'identity',
  role: 'anon',
  claims: { role: 'anon' },
  claimsJson: '{"role":"anon"}',
  issuer: null,
  subject: null,
  via: 'anonymous',
  expiresAt: null,
}

export function connectionOf(vsn: Vsn): KeptConnection {
  const sent: Frame[] = []
  return {
    id: 'connection',
    vsn,
    headersJson: '{}',
    sent,
    send: (frame) => void sent.push(frame),
    waiting: 0,
    close() {},
  }
}

export function channelOf(wishes: ChannelWishes): KeptChannel {
  const { subtopic = 'room', isPrivate = false, ack = false, self = false } = wishes
  const ended: string[] = []
  return {
    topic: `realtime:${subtopic}`,
    subtopic,
    joinRef: '1',
    connection: wishes.connection ?? connectionOf(wishes.vsn ?? '2.0.0'),
    config: {
      isPrivate,
      broadcast: { ack, self, replay: null, replicationReady: false },
      presence: { key: 'key', enabled: false },
      needsPostgresChanges: false,
      postgresChanges: [],
    },
    identity: anonymous,
    access: wishes.access ?? publicAccess,
    ended,
    push() {},
    notice() {},
    end: (message) => void ended.push(message),
  }
}
