// The load, in a process of its own: raw `ws` speaking serializer 2.0.0, each socket with a token and a subscription of its
// own. Changes are counted where they arrive.

import { WebSocket } from 'ws'

export interface Subscriber {
  readonly token: string
  readonly table: string
  readonly filter: string | null
}

/** What the bench tells this process. */
export type Command =
  | { readonly kind: 'gather'; readonly url: string; readonly subscribers: readonly Subscriber[] }
  /** Answered once so many changes have arrived since the last time, or nothing has for a while. */
  | { readonly kind: 'await'; readonly deliveries: number }
  | { readonly kind: 'leave' }

/** What arrived. Latencies in milliseconds from the row's statement to the socket, of every 16th change. */
export interface Heard {
  readonly deliveries: number
  readonly p50: number
  readonly p95: number
}

const TOPIC = 'realtime:bench'
const CHANGE = Buffer.from(`[null,null,"${TOPIC}","postgres_changes",`)
const SUBSCRIBED = Buffer.from('Subscribed to PostgreSQL')
const SENT = Buffer.from('"sent":')
/** Sockets that are being opened at the same time. */
const AT_ONCE = 50
const HEARTBEAT = 20_000
const SAMPLE = 16
/** Milliseconds without a change after which the rest counts as lost. */
const PATIENCE = 5000

const sockets: WebSocket[] = []
let delivered = 0
let heardAt = 0
let latencies: number[] = []
let target = Number.POSITIVE_INFINITY
let reached = (): void => undefined

setInterval(() => {
  for (const socket of sockets) socket.send(JSON.stringify([null, '2', 'phoenix', 'heartbeat', {}]))
}, HEARTBEAT).unref()

process.on('message', (command: Command) => {
  void obey(command).then((answer) => process.send?.(answer))
})

async function obey(command: Command): Promise<Heard | number> {
  if (command.kind === 'gather') return await gather(command.url, command.subscribers)
  if (command.kind === 'await') return await hearAll(command.deliveries)
  for (const socket of sockets.splice(0)) socket.terminate()
  return 0
}

async function gather(url: string, subscribers: readonly Subscriber[]): Promise<number> {
  let next = 0
  const openNext = async (): Promise<void> => {
    for (let at = next++; at < subscribers.length; at = next++) {
      const subscriber = subscribers[at]
      if (subscriber !== undefined) sockets.push(await enter(url, subscriber))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, openNext))
  return sockets.length
}

async function enter(url: string, { token, table, filter }: Subscriber): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  const wanted = { event: '*', schema: 'public', table, ...(filter !== null && { filter }) }
  const payload = { config: { postgres_changes: [wanted] }, access_token: token }
  return await new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(JSON.stringify(['1', '1', TOPIC, 'phx_join', payload])))
    socket.on('message', (data: Buffer) => {
      if (data.subarray(0, CHANGE.length).equals(CHANGE)) hear(data)
      else if (data.includes(SUBSCRIBED)) resolve(socket)
      else if (data.includes('"error"')) reject(new Error(data.toString()))
    })
    socket.once('error', reject)
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)))
  })
}

function hear(data: Buffer): void {
  delivered += 1
  heardAt = performance.now()
  if (delivered === target) reached()
  if (delivered % SAMPLE !== 0) return
  const at = data.indexOf(SENT) + SENT.length
  latencies.push(performance.timeOrigin + heardAt - Number.parseFloat(data.toString('latin1', at, at + 20)))
}

async function hearAll(deliveries: number): Promise<Heard> {
  heardAt = performance.now()
  target = deliveries
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (delivered >= deliveries || performance.now() - heardAt > PATIENCE) reached()
    }, 100)
    reached = () => {
      clearInterval(timer)
      resolve()
    }
  })
  const sorted = latencies.toSorted((one, other) => one - other)
  const share = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN
  const heard = { deliveries: delivered, p50: share(0.5), p95: share(0.95) }
  delivered = 0
  latencies = []
  return heard
}
