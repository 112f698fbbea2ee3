// The load as the bench sees it: a process that does what it is told, one thing at a time.

import { fork } from 'node:child_process'
import { once } from 'node:events'

import type { Command, Heard } from './audience.ts'

export interface Audience {
  /** Opens the sockets and joins them all; how many are in the room, the publisher among them. */
  gather(url: string, subscribers: number): Promise<number>
  flood(seconds: number, window: number): Promise<Heard>
  pace(seconds: number, perSecond: number): Promise<Heard>
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
    gather: async (url, subscribers) => (await ask({ kind: 'gather', url, subscribers })) as number,
    flood: async (seconds, window) => (await ask({ kind: 'flood', seconds, window })) as Heard,
    pace: async (seconds, perSecond) => (await ask({ kind: 'pace', seconds, perSecond })) as Heard,
    async leave() {
      await ask({ kind: 'leave' })
    },
    async stop() {
      child.kill()
      await gone
    },
  }
}
