// Somebody in a room with one of the official clients: what the client says of the channel, and what arrives on it.

import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js'
import type { RunningStack } from '../../running-stack.ts'
import { clientOf, type Version } from '../clients.ts'

/** The newest client speaks serializer 2.0.0, the oldest 1.0.0. */
export const versions = ['2.119', '2.11'] as const

export interface Guest extends AsyncDisposable {
  readonly channel: RealtimeChannel
  readonly client: RealtimeClient
  /** The client's first status, and what it says about it. */
  readonly admitted: { readonly status: string; readonly error: string | undefined }
  readonly statuses: readonly string[]
  /** Broadcasts: the whole of what the callback is given. */
  readonly heard: readonly Broadcast[]
  /** What `system` events say. */
  readonly notices: readonly string[]
}

export interface Broadcast {
  readonly event: string
  readonly payload: unknown
  readonly meta?: Readonly<Record<string, unknown>>
}

export interface Wishes {
  readonly topic: string
  readonly version?: Version
  readonly token?: string
  readonly isPrivate?: boolean
  readonly ack?: boolean
  readonly replay?: { readonly since: number; readonly limit?: number }
}

/** Connects, subscribes, and resolves with the client's first status. */
export async function enterRoom(stack: RunningStack, wishes: Wishes): Promise<Guest> {
  const { topic, version = '2.119', token, isPrivate = true, ack = false, replay } = wishes
  const client = clientOf(version, stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'))
  if (token !== undefined) await client.setAuth(token)
  const broadcast = { ack, ...(replay !== undefined && { replay }) }
  const channel = client.channel(topic, { config: { private: isPrivate, broadcast } })
  const heard: Broadcast[] = []
  const notices: string[] = []
  channel
    .on('broadcast', { event: '*' }, ({ event, payload, meta }) => {
      heard.push({ event, payload: payload as unknown, ...(meta !== undefined && { meta }) })
    })
    .on('system', {}, ({ message }: { message: string }) => void notices.push(message))
  const statuses: string[] = []
  const admitted = await new Promise<Guest['admitted']>((resolve) =>
    channel.subscribe((status, error) => {
      statuses.push(status)
      resolve({ status, error: error?.message })
    }),
  )
  return {
    channel,
    client,
    admitted,
    statuses,
    heard,
    notices,
    async [Symbol.asyncDispose]() {
      await client.removeAllChannels()
      await client.disconnect()
    },
  }
}
