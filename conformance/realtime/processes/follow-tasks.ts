// Somebody who listens to the changes of her tasks on one process.

import { createClient } from '@supabase/supabase-js'
import { WebSocket } from 'ws'

import type { RunningStack } from '../../running-stack.ts'
import { tokenOf } from '../token-of.ts'
import { subscribed } from './subscribed.ts'

export interface TaskFollower extends AsyncDisposable {
  /** As `INSERT mine`: what happened, and the task's name, where the change has one. */
  readonly heard: readonly string[]
}

/** Resolves once the channel is subscribed. */
export async function followTasks(stack: RunningStack, sub: string): Promise<TaskFollower> {
  const token = await tokenOf(stack, { sub })
  const client = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
    accessToken: async () => await Promise.resolve(token),
    realtime: { transport: WebSocket as never },
  })
  // Else the client may join before it has asked for the token, as nobody.
  await client.realtime.setAuth()
  const heard: string[] = []
  const channel = client.channel('tasks')
  channel.on('postgres_changes', { event: '*', schema: 'public', table: 'tasks' }, (change) => {
    heard.push(`${change.eventType} ${(change.new as { readonly name?: string }).name ?? ''}`.trim())
  })
  await subscribed(channel)
  return {
    heard,
    async [Symbol.asyncDispose]() {
      await client.removeAllChannels()
      await client.realtime.disconnect()
    },
  }
}
