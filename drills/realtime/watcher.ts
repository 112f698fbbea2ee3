// Somebody who watches her tasks with the official client, and joins again after every break with `since`: the commit time
// of the last change she has seen. What comes twice is told apart by its id.

import { createClient, type RealtimeChannel } from '@supabase/supabase-js'
import { WebSocket } from 'ws'

import { subscribed } from '../../conformance/realtime/processes/subscribed.ts'
import type { RunningStack } from '../../conformance/running-stack.ts'
import { tokenFor } from './tokens.ts'

export interface Watcher extends AsyncDisposable {
  readonly user: string
  readonly channel: RealtimeChannel
  /** Ids of the rows that arrived. */
  readonly seen: ReadonlySet<number>
  /** What `system` events and statuses said, in order. */
  readonly said: readonly string[]
  /** Shows another token from now on. */
  renew(token: string): Promise<void>
}

/** Resolves when the channel is subscribed. The token lasts an hour, unless another is shown later. */
export async function watchTasks(stack: RunningStack, user: string): Promise<Watcher> {
  let current = await tokenFor(stack.line('JWT_SECRET'), user, 3600)
  const client = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
    accessToken: async () => await Promise.resolve(current),
    realtime: { transport: WebSocket as never, reconnectAfterMs: () => 200 },
  })
  // Else the client may join before it has asked for the token, as nobody.
  await client.realtime.setAuth()
  const [seen, said] = [new Set<number>(), [] as string[]]
  // The client sends the object as it is at each join.
  const wish: { event: 'INSERT'; schema: string; table: string; since?: string } = {
    event: 'INSERT',
    schema: 'public',
    table: 'tasks',
  }
  const channel = client.channel(`tasks of ${user}`)
  channel.on('postgres_changes', wish, (change) => {
    seen.add((change.new as { readonly id: number }).id)
    wish.since = change.commit_timestamp
  })
  channel.on('system', {}, ({ message }: { message: string }) => void said.push(message))
  await subscribed(channel, (status) => said.push(status))
  return {
    user,
    channel,
    seen,
    said,
    async renew(fresh) {
      current = fresh
      await client.realtime.setAuth()
    },
    async [Symbol.asyncDispose]() {
      await client.removeAllChannels()
      await client.realtime.disconnect()
    },
  }
}
