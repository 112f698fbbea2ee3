// Listens to database changes with one of the official clients, old or new, and keeps what it heard.

import { WebSocket } from 'ws'

import type { RunningStack } from '../../running-stack.ts'
import { clientOf, type Version } from '../clients.ts'

type ChannelOptions = NonNullable<Parameters<ReturnType<typeof clientOf>['channel']>[1]>

/** An item of `postgres_changes`; `own` keys pass through the client as they are. */
export interface Wanted {
  readonly event: '*' | 'INSERT' | 'UPDATE' | 'DELETE'
  readonly schema: string
  readonly table?: string
  readonly filter?: string
  readonly select?: readonly string[]
  since?: string
}

export interface Heard {
  readonly eventType: 'INSERT' | 'UPDATE' | 'DELETE'
  readonly schema: string
  readonly table: string
  readonly commit_timestamp: string
  readonly new: Readonly<Record<string, unknown>>
  readonly old: Readonly<Record<string, unknown>>
  readonly errors: readonly string[] | null
}

export interface SystemNotice {
  readonly extension: string
  readonly status: 'ok' | 'error'
  readonly message: string
  readonly hint?: string
}

export interface Ear extends AsyncDisposable {
  /** Of each item wanted, in order. */
  readonly heard: readonly Heard[][]
  readonly notices: SystemNotice[]
  readonly statuses: readonly string[]
  /** Resolves once what was heard and noticed is as wished. */
  until(isAsWished: () => boolean): Promise<void>
  /** Cuts the connection as a network would; the client comes back by itself. */
  cut(): void
  renew(token: string): Promise<void>
}

/** Resolves once the channel says SUBSCRIBED, rejects where it says something else first. `token` null listens with the publishable key alone. */
export async function listen(
  stack: RunningStack,
  token: string | null,
  wanted: readonly Wanted[],
  version: Version = '2.119',
  options: ChannelOptions = { config: {} },
): Promise<Ear> {
  const sockets: WebSocket[] = []
  class KeptSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols)
      sockets.push(this)
    }
  }
  const client = clientOf(version, stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
    transport: KeptSocket as never,
    reconnectAfterMs: () => 50,
    ...(token !== null && { accessToken: async () => await Promise.resolve(token) }),
  })
  if (token !== null) await client.setAuth(token)
  const channel = client.channel(`changes-${crypto.randomUUID()}`, options)
  const heard: Heard[][] = wanted.map(() => [])
  const notices: SystemNotice[] = []
  const statuses: string[] = []
  const looks = new Set<() => void>()
  const look = (): void => {
    for (const each of looks) each()
  }
  for (const [at, item] of wanted.entries()) {
    channel.on('postgres_changes', item as never, (change: unknown) => {
      heard[at]?.push(change as Heard)
      look()
    })
  }
  channel.on('system', {}, (notice: unknown) => {
    notices.push(notice as SystemNotice)
    look()
  })
  const failures: Error[] = []
  channel.subscribe((status, failure) => {
    statuses.push(status)
    if (failure !== undefined) failures.push(failure)
    look()
  })
  const until = async (isAsWished: () => boolean): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const each = (): void => {
      if (isAsWished()) resolve()
    }
    looks.add(each)
    each()
    await promise
    looks.delete(each)
  }
  await until(() => statuses.length > 0)
  if (!statuses.includes('SUBSCRIBED')) {
    await client.disconnect()
    throw failures[0] ?? new Error(statuses.join(', '))
  }
  return {
    heard,
    notices,
    statuses,
    until,
    cut: () => sockets.at(-1)?.terminate(),
    renew: async (next) => {
      await client.setAuth(next)
    },
    [Symbol.asyncDispose]: async () => {
      await client.removeAllChannels()
      await client.disconnect()
    },
  }
}
