// The load as the bench sees it: a process of its own.

import { startLoadProcess } from '../load/load-process.ts'
import type { Command, Heard, Subscriber } from './audience.ts'

export interface Audience {
  /** Opens the sockets and subscribes them all. */
  gather(url: string, subscribers: readonly Subscriber[]): Promise<void>
  /** Resolves once so many changes have arrived. */
  hear(deliveries: number): Promise<Heard>
  leave(): Promise<void>
  readonly stop: () => Promise<void>
}

export function startAudience(): Audience {
  const { ask, stop } = startLoadProcess<Command>(new URL('audience.ts', import.meta.url))
  return {
    async gather(url, subscribers) {
      await ask({ kind: 'gather', url, subscribers })
    },
    hear: async (deliveries) => (await ask({ kind: 'await', deliveries })) as Heard,
    async leave() {
      await ask({ kind: 'leave' })
    },
    stop,
  }
}
