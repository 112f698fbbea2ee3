// The load as the bench sees it: a process of its own.

import { startLoadProcess } from '../load/load-process.ts'
import type { Command, Heard } from './audience.ts'

export interface Audience {
  /** Opens the sockets and joins them all; how many are in the room, the publisher among them. */
  gather(url: string, subscribers: number): Promise<number>
  flood(seconds: number, window: number): Promise<Heard>
  pace(seconds: number, perSecond: number): Promise<Heard>
  leave(): Promise<void>
  readonly stop: () => Promise<void>
}

export function startAudience(): Audience {
  const { ask, stop } = startLoadProcess<Command>(new URL('audience.ts', import.meta.url))
  return {
    gather: async (url, subscribers) => (await ask({ kind: 'gather', url, subscribers })) as number,
    flood: async (seconds, window) => (await ask({ kind: 'flood', seconds, window })) as Heard,
    pace: async (seconds, perSecond) => (await ask({ kind: 'pace', seconds, perSecond })) as Heard,
    async leave() {
      await ask({ kind: 'leave' })
    },
    stop,
  }
}
