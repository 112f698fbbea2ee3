// The load, in a process of its own: subscribers of one room and its publisher, raw `ws` speaking serializer 2.0.0.
// Deliveries are counted where they arrive.

import { WebSocket } from 'ws'

import { decodeReply, heartbeat, join, PAYLOAD_AT, push } from './phoenix-frames.ts'

/** What the bench tells this process, and what it is answered. */
export type Command =
  | { readonly kind: 'gather'; readonly url: string; readonly subscribers: number }
  | { readonly kind: 'flood'; readonly seconds: number; readonly window: number }
  | { readonly kind: 'pace'; readonly seconds: number; readonly perSecond: number }
  | { readonly kind: 'leave' }

/** Of a run: what arrived, in how much time; latencies in milliseconds from the publisher's `send` to the subscriber. */
export interface Heard {
  readonly deliveries: number
  readonly seconds: number
  readonly p50: number
  readonly p95: number
}

/** Sockets that are being opened at the same time. */
const AT_ONCE = 50
/** One local address has about 28,000 ports. */
const PER_ADDRESS = 5000
const HEARTBEAT = 20_000
/** Every so many deliveries of a subscriber its latency is looked at. */
const SAMPLE = 16

const sockets: WebSocket[] = []
let delivered = 0
let refillAt = Number.POSITIVE_INFINITY
let refill = (): void => undefined
let latencies: number[] = []

setInterval(() => {
  // Those that are still being opened are holes in the list.
  for (const socket of sockets as readonly (WebSocket | undefined)[]) socket?.send(heartbeat)
}, HEARTBEAT).unref()

process.on('disconnect', () => process.exit())
process.on('message', (command: Command) => {
  void obey(command).then((answer) => process.send?.(answer))
})

async function obey(command: Command): Promise<Heard | number> {
  if (command.kind === 'gather') return await gather(command.url, command.subscribers)
  if (command.kind === 'flood') return await flood(command.seconds, command.window)
  if (command.kind === 'pace') return await pace(command.seconds, command.perSecond)
  for (const socket of sockets.splice(0)) socket.terminate()
  return 0
}

/** Joins the subscribers, and the publisher first of all. Resolves to how many are in the room. */
async function gather(url: string, subscribers: number): Promise<number> {
  let next = 0
  const openNext = async (): Promise<void> => {
    while (next <= subscribers) {
      const index = next++
      sockets[index] = await enter(url, `127.0.0.${1 + Math.floor(index / PER_ADDRESS)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, openNext))
  for (const socket of sockets.slice(1)) socket.on('message', hear)
  return sockets.length
}

async function enter(url: string, localAddress: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, localAddress })
  return await new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(join))
    socket.once('message', (data: Buffer) => {
      if (decodeReply(data) === 'ok') resolve(socket)
      else reject(new Error(`the join was answered ${data.toString()}`))
    })
    socket.once('error', reject)
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)))
  })
}

function hear(data: Buffer, isBinary: boolean): void {
  if (!isBinary) return
  delivered++
  if (delivered % SAMPLE === 0)
    latencies.push(performance.now() - Number(data.toString('latin1', PAYLOAD_AT, PAYLOAD_AT + 14)))
  if (delivered >= refillAt) refill()
}

/** As fast as it goes, with at most `window` messages under way. */
async function flood(seconds: number, window: number): Promise<Heard> {
  const subscribers = sockets.length - 1
  const half = Math.max(1, Math.floor(window / 2))
  let published = 0
  const send = (messages: number): void => {
    for (let sent = 0; sent < messages; sent++) say()
    published += messages
    refillAt = before + (published - (window - half)) * subscribers
  }
  const before = delivered
  latencies = []
  refill = () => send(half)
  const startedAt = performance.now()
  send(window)
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const heard = summary(delivered - before, (performance.now() - startedAt) / 1000)
  refill = () => undefined
  refillAt = Number.POSITIVE_INFINITY
  await settled()
  return heard
}

/** So many messages a second, each at its time. */
async function pace(seconds: number, perSecond: number): Promise<Heard> {
  const before = delivered
  latencies = []
  const startedAt = performance.now()
  let sent = 0
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond)
      for (; sent < due; sent++) say()
      if (performance.now() - startedAt < seconds * 1000) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  await settled()
  return summary(delivered - before, (performance.now() - startedAt) / 1000)
}

function say(): void {
  sockets[0]?.send(push(performance.now().toFixed(3).padStart(14, '0')))
}

/** Until nothing arrives any more. */
async function settled(): Promise<void> {
  for (let seen = -1; seen !== delivered;) {
    seen = delivered
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function summary(deliveries: number, seconds: number): Heard {
  const sorted = latencies.toSorted((one, other) => one - other)
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { deliveries, seconds, p50: at(0.5), p95: at(0.95) }
}
