// Who is measured, each with an audience that has joined: the server, and `ws` alone in two ways.

import { fork } from 'node:child_process'
import { once } from 'node:events'

import { type Audience, startAudience } from './audience-process.ts'

export const CONTESTANTS = ['live', 'bare', 'corked'] as const
export type Contestant = (typeof CONTESTANTS)[number]

interface WithAudience {
  readonly audience: Audience
  stop(): Promise<void>
}

export type Opened = Readonly<Record<Contestant, WithAudience>>

/** Gathers `subscribers` before each contestant. */
export async function openContestants(url: string, subscribers: number): Promise<Opened> {
  return {
    live: await gathered(url, subscribers, async () => undefined),
    bare: await bareContestant(subscribers, 'no'),
    corked: await bareContestant(subscribers, 'yes'),
  }
}

async function gathered(url: string, subscribers: number, stop: () => Promise<void>): Promise<WithAudience> {
  const audience = startAudience()
  await audience.gather(url, subscribers)
  return {
    audience,
    async stop() {
      await audience.stop()
      await stop()
    },
  }
}

async function bareContestant(subscribers: number, corked: 'yes' | 'no'): Promise<WithAudience> {
  const child = fork(new URL('bare-fan-out.ts', import.meta.url), { env: { ...process.env, BENCH_CORKED: corked } })
  const gone = once(child, 'exit')
  const [port] = (await once(child, 'message')) as [number]
  return await gathered(`ws://127.0.0.1:${port}/`, subscribers, async () => {
    child.kill()
    await gone
  })
}
