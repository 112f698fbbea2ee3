// The client as people have it: the one of today, which speaks serializer 2.0.0, and two that speak 1.0.0. All of them
// unmodified; their types are near enough to be taken for one.

import { RealtimeClient } from '@supabase/realtime-js'
import { RealtimeClient as Client211 } from 'realtime-js-2.11'
import { RealtimeClient as Client280 } from 'realtime-js-2.80'

type Options = ConstructorParameters<typeof RealtimeClient>[1]
type Channel = ReturnType<RealtimeClient['channel']>

const constructors = {
  '2.119': RealtimeClient,
  '2.80': Client280 as unknown as typeof RealtimeClient,
  '2.11': Client211 as unknown as typeof RealtimeClient,
} as const

export type Version = keyof typeof constructors
export const versions = Object.keys(constructors) as readonly Version[]

/** A client of that version. Node's own WebSocket is what all of them would choose. */
export function clientOf(version: Version, apiUrl: string, apikey: string, options: Options = {}): RealtimeClient {
  const Client = constructors[version]
  const url = `${apiUrl.replace('http', 'ws')}/realtime/v1`
  const { params, ...rest } = options
  return new Client(url, { transport: WebSocket as never, ...rest, params: { ...params, apikey } })
}

/** What became of a subscription, status by status. */
export interface Subscription {
  readonly channel: Channel
  readonly statuses: string[]
  readonly errors: string[]
  /** Messages of `system` errors. */
  readonly notices: string[]
}

/** Subscribes and writes down what the callback is told. */
export function subscribe(channel: Channel): Subscription {
  const told: Subscription = { channel, statuses: [], errors: [], notices: [] }
  channel.on('system', {}, (payload: { status?: string; message?: string }) => {
    if (payload.status === 'error') told.notices.push(payload.message ?? '')
  })
  channel.subscribe((status, error?: { readonly message: string }) => {
    told.statuses.push(status)
    if (error !== undefined) told.errors.push(error.message)
  })
  return told
}
