// Somebody who is present in the lobby of one process, and hears what is said there.

import { createClient } from '@supabase/supabase-js'
import { WebSocket } from 'ws'

import type { RunningStack } from '../../running-stack.ts'
import { subscribed } from './subscribed.ts'

export interface LobbyGuest extends AsyncDisposable {
  /** Keys of those who are present, as this client sees it, in order. */
  present(): string
  /** Events of broadcasts. */
  readonly heard: readonly string[]
  say(event: string): Promise<void>
}

export async function enterLobby(stack: RunningStack, key: string): Promise<LobbyGuest> {
  const client = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
    realtime: { transport: WebSocket as never },
  })
  const heard: string[] = []
  const channel = client.channel('lobby', { config: { presence: { key } } })
  channel
    .on('presence', { event: 'sync' }, () => undefined)
    .on('broadcast', { event: '*' }, ({ event }) => void heard.push(event))
  await subscribed(channel)
  await channel.track({})
  return {
    present: () => Object.keys(channel.presenceState()).sort().join(),
    heard,
    say: async (event) => void (await channel.send({ type: 'broadcast', event, payload: {} })),
    async [Symbol.asyncDispose]() {
      await client.removeAllChannels()
      await client.realtime.disconnect()
    },
  }
}
