// Somebody on a presence channel with one of the official clients, old or new: what its callbacks said, what it holds.

import { RealtimeClient as CurrentClient, type RealtimeChannel } from '@supabase/realtime-js'
import { RealtimeClient as OldestClient } from 'realtime-js-2.11'
import { RealtimeClient as OlderClient } from 'realtime-js-2.80'
import { WebSocket } from 'ws'

import type { RunningStack } from '../../running-stack.ts'

const clients = { current: CurrentClient, '2.80': OlderClient, '2.11': OldestClient }
export type ClientVersion = keyof typeof clients
export const versions = Object.keys(clients) as readonly ClientVersion[]

export interface Present extends AsyncDisposable {
  readonly channel: RealtimeChannel
  /** `sync`, and `join` and `leave` with the key and what came or went. */
  readonly heard: readonly Happening[]
  readonly statuses: readonly string[]
  /** What `presenceState()` holds, without the refs. */
  state(): Readonly<Record<string, readonly unknown[]>>
  /** Ends the connection without a word. */
  die(): void
}

export type Happening = readonly ['sync'] | readonly ['join' | 'leave', string, readonly unknown[]]

interface Wishes {
  readonly version: ClientVersion
  readonly topic: string
  readonly key?: string
  readonly token?: string
  readonly isPrivate?: boolean
  /** Without callbacks for presence the newer clients join without it. */
  readonly listens?: boolean
}

/** Connects and subscribes, and resolves with the client's first status. */
export async function appear(stack: RunningStack, wishes: Wishes): Promise<Present> {
  const { version, topic, key = '', token, isPrivate = false, listens = true } = wishes
  const sockets: WebSocket[] = []
  const client = new clients[version](`${stack.line('API_URL').replace('http', 'ws')}/realtime/v1`, {
    params: { apikey: stack.line('PUBLISHABLE_KEY') },
    transport: keeping(sockets),
  }) as CurrentClient
  if (token !== undefined) await client.setAuth(token)
  const channel = client.channel(topic, { config: { presence: { key }, private: isPrivate } })
  const heard: Happening[] = []
  const statuses: string[] = []
  if (listens) listen(channel, heard)
  await new Promise<void>((resolve) =>
    channel.subscribe((status) => {
      statuses.push(status)
      resolve()
    }),
  )
  return {
    channel,
    heard,
    statuses,
    state: () =>
      Object.fromEntries(Object.entries(channel.presenceState()).map(([name, all]) => [name, all.map(bare)])),
    die: () => sockets.forEach((socket) => socket.terminate()),
    async [Symbol.asyncDispose]() {
      await client.removeAllChannels()
      await client.disconnect()
    },
  }
}

/** `ws` as the client's transport, whose types differ by version; what it opened is kept. */
function keeping(sockets: WebSocket[]): never {
  return class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols)
      sockets.push(this)
    }
  } as never
}

function listen(channel: RealtimeChannel, heard: Happening[]): void {
  channel
    .on('presence', { event: 'sync' }, () => void heard.push(['sync']))
    .on(
      'presence',
      { event: 'join' },
      ({ key, newPresences }) => void heard.push(['join', key, newPresences.map(bare)]),
    )
    .on('presence', { event: 'leave' }, ({ key, leftPresences }) => {
      heard.push(['leave', key, leftPresences.map(bare)])
    })
}

function bare({ presence_ref: _ref, ...payload }: Readonly<Record<string, unknown>>): unknown {
  return payload
}
