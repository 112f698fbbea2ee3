// The load as the bench sees it: a process that does what it is told, one thing at a time.

import { fork } from 'node:child_process'
import { once } from 'node:events'

import type { Command, Heard, Subscriber } from './audience.ts'

export interface Audience {
  /** Opens the sockets and subscribes them all. */
  gather(url: string, subscribers: readonly Subscriber[]): Promise<void>
  /** Resolves once so many changes have arrived. */
  hear(deliveries: number): Promise<Heard>
  leave(): Promise<void>
  stop(): Promise<void>
}

export function startAudience(): Audience {
  const child = fork(new URL('audience.ts', import.meta.url))
  const gone = once(child, 'exit')
  const ask = async (command: Command): Promise<unknown> => {
    const answered = once(child, 'message').then(([answer]: unknown[]) => ({ answer }))
    child.send(command)
    const answer = await Promise.race([answered, gone.then(() => null)])
    if (answer === null) throw new Error(`the audience ended at ${command.kind}`)
    return answer.answer
  }
  return {
    async gather(url, subscribers) {
      await ask({ kind: 'gather', url, subscribers })
    },
    hear: async (deliveries) => (await ask({ kind: 'await', deliveries })) as Heard,
    async leave() {
      await ask({ kind: 'leave' })
    },
    async stop() {
      child.kill()
      await gone
    },
  }
}
