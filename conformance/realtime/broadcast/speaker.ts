// Somebody on a channel with one of the official clients, old or new, who keeps the broadcasts she hears.

import { createClient, type RealtimeChannel, REALTIME_SUBSCRIBE_STATES } from '@supabase/supabase-js'
import { RealtimeClient as OldestClient } from 'realtime-js-2.11'
import { RealtimeClient as OlderClient } from 'realtime-js-2.80'
import { WebSocket } from 'ws'

import type { RunningStack } from '../../running-stack.ts'

export const versions = ['current', '2.80', '2.11'] as const
export type ClientVersion = (typeof versions)[number]

export interface Speaker extends AsyncDisposable {
  readonly channel: RealtimeChannel
  /** Event and payload of each, in order. */
  readonly heard: readonly Heard[]
}

export type Heard = readonly [event: string, payload: unknown]

interface Wishes {
  readonly version: ClientVersion
  readonly topic: string
  readonly token?: string
  readonly isPrivate?: boolean
  readonly self?: boolean
  readonly ack?: boolean
}

/** Subscribes, and resolves once the channel says so; rejects with whatever else it says. */
export async function speak(stack: RunningStack, wishes: Wishes): Promise<Speaker> {
  const { channel, close } = channelOf(stack, wishes)
  const heard: Heard[] = []
  channel.on('broadcast', { event: '*' }, ({ event, payload }) => void heard.push([event, payload]))
  await new Promise<void>((resolve, reject) =>
    channel.subscribe((status, error) => {
      if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) resolve()
      else reject(new Error(status, { cause: error }))
    }),
  )
  return { channel, heard, [Symbol.asyncDispose]: close }
}

/** A channel that nobody has subscribed to. */
export function channelOf(
  stack: RunningStack,
  wishes: Wishes,
): { readonly channel: RealtimeChannel; readonly close: () => Promise<void> } {
  const { version, topic, isPrivate = false, self = false, ack = false, token } = wishes
  const config = { config: { private: isPrivate, broadcast: { self, ack } } }
  const [url, key] = [stack.line('API_URL'), stack.line('PUBLISHABLE_KEY')]
  if (version === 'current') {
    const client = createClient(url, key, {
      ...(token !== undefined && { accessToken: async () => await Promise.resolve(token) }),
      realtime: { transport: WebSocket as never },
    })
    return {
      channel: client.channel(topic, config),
      close: async () => {
        await client.removeAllChannels()
        await client.realtime.disconnect()
      },
    }
  }
  // The older versions type classes of their own, which are used in the same way.
  const Client = version === '2.11' ? OldestClient : (OlderClient as unknown as typeof OldestClient)
  const client = new Client(`${url.replace('http', 'ws')}/realtime/v1`, {
    params: { apikey: key },
    transport: WebSocket as never,
    ...(token !== undefined && { accessToken: async () => await Promise.resolve(token) }),
  })
  return {
    channel: client.channel(topic, config) as unknown as RealtimeChannel,
    close: async () => {
      await client.removeAllChannels()
      client.disconnect()
    },
  }
}
