import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'

import { Flush } from './flush.ts'
import { Outbox } from './outbox.ts'

/** Turns of the event loop that end when the test says so. */
function turns() {
  const runs: (() => void)[] = []
  return {
    flush: new Flush((run) => void runs.push(run)),
    end: () => {
      for (const run of runs.splice(0)) run()
    },
  }
}

/** Keeps each write, and takes the next only once told. */
class SlowSocket extends Writable {
  readonly writes: Buffer[] = []
  readonly #takes: (() => void)[] = []

  override _write(chunk: Buffer, _encoding: string, taken: () => void): void {
    this.writes.push(chunk)
    this.#takes.push(taken)
  }

  async take(): Promise<void> {
    this.#takes.shift()?.()
    await new Promise(setImmediate)
  }
}

function outboxOf(flush: Flush, limit = 10_000) {
  const socket = new SlowSocket()
  const told: string[] = []
  const outbox: Outbox = new Outbox({ socket, flush, limit, overflowed: () => void told.push('overflowed') })
  return { socket, told, outbox }
}

const textOf = (buffers: readonly Buffer[]): readonly string[] => buffers.map((buffer) => buffer.toString())

describe('an outbox', () => {
  it('writes what one turn brought at once', () => {
    const turn = turns()
    const { outbox, socket } = outboxOf(turn.flush)
    outbox.send(Buffer.from('a'))
    outbox.send(Buffer.from('b'))
    expect(socket.writes).toEqual([])
    turn.end()
    expect(textOf(socket.writes)).toEqual(['ab'])
  })

  it('puts the bytes together once for all sockets that are sent the same', () => {
    const turn = turns()
    const boxes = Array.from({ length: 3 }, () => outboxOf(turn.flush))
    for (const frame of [Buffer.from('a'), Buffer.from('b')]) for (const { outbox } of boxes) outbox.send(frame)
    boxes[2]?.outbox.send(Buffer.from('c'))
    turn.end()
    expect(boxes.map(({ socket }) => textOf(socket.writes))).toEqual([['ab'], ['ab'], ['abc']])
    expect(boxes[0]?.socket.writes[0]).toBe(boxes[1]?.socket.writes[0])
  })

  it('hands over a single frame as it is', () => {
    const turn = turns()
    const { outbox, socket } = outboxOf(turn.flush)
    const frame = Buffer.from('a')
    outbox.send(frame)
    turn.end()
    expect(socket.writes[0]).toBe(frame)
  })

  it('keeps the order while a write is under way', async () => {
    const turn = turns()
    const { outbox, socket } = outboxOf(turn.flush)
    outbox.send(Buffer.from('a'))
    turn.end()
    outbox.send(Buffer.from('b'))
    outbox.send(Buffer.from('c'))
    turn.end()
    expect(textOf(socket.writes)).toEqual(['a'])
    await socket.take()
    expect(textOf(socket.writes)).toEqual(['a', 'bc'])
    await socket.take()
    expect(outbox.waiting).toBe(0)
  })

  it('writes much in pieces', async () => {
    const turn = turns()
    const { outbox, socket } = outboxOf(turn.flush, 1_000_000)
    for (let frame = 0; frame < 5; frame++) outbox.send(Buffer.alloc(30_000, frame))
    turn.end()
    await socket.take()
    await socket.take()
    expect(socket.writes.map(({ length }) => length)).toEqual([60_000, 60_000, 30_000])
    expect([...new Set(Buffer.concat(socket.writes))]).toEqual([0, 1, 2, 3, 4])
  })

  it('drops what waits beyond the limit and says so once', async () => {
    const turn = turns()
    const { outbox, socket, told } = outboxOf(turn.flush, 1000)
    outbox.send(Buffer.alloc(600))
    turn.end()
    outbox.send(Buffer.alloc(100))
    outbox.send(Buffer.alloc(400))
    expect(told).toEqual(['overflowed'])
    expect(outbox.waiting).toBe(600)
    outbox.send(Buffer.alloc(900))
    expect(told).toEqual(['overflowed'])
    outbox.send(Buffer.from('why'))
    await socket.take()
    expect(textOf(socket.writes.slice(1))).toEqual(['why'])
  })

  it('counts what each small frame costs beside its bytes', () => {
    const turn = turns()
    const { outbox, told } = outboxOf(turn.flush, 1000)
    for (let frame = 0; frame < 16; frame++) outbox.send(Buffer.from('x'))
    expect(told).toEqual(['overflowed'])
  })

  it('writes nothing after its socket was ended', () => {
    const turn = turns()
    const { outbox, socket } = outboxOf(turn.flush)
    outbox.send(Buffer.from('a'))
    socket.end()
    turn.end()
    expect(socket.writes).toEqual([])
    expect(outbox.waiting).toBe(0)
  })

  it('ends after everything is written, and takes nothing more', async () => {
    const turn = turns()
    const { outbox, socket } = outboxOf(turn.flush)
    const finished: string[] = []
    outbox.send(Buffer.from('a'))
    outbox.end(() => void finished.push('finished'))
    outbox.send(Buffer.from('b'))
    expect(finished).toEqual([])
    await socket.take()
    expect(finished).toEqual(['finished'])
    turn.end()
    expect(textOf(socket.writes)).toEqual(['a'])
  })
})

describe('over TCP', () => {
  const sockets: { destroy(): unknown }[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
  })

  async function pair(): Promise<{ near: Socket; far: Socket }> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const accepted = once(server, 'connection')
    const far = connect(address.port, '127.0.0.1')
    const [near] = (await accepted) as [Socket]
    sockets.push(near, far)
    server.close()
    near.on('error', () => undefined)
    far.on('error', () => undefined)
    return { near, far }
  }

  it('forgets what waits for a socket that broke', async () => {
    const { near, far } = await pair()
    far.pause()
    const outbox: Outbox = new Outbox({
      socket: near,
      flush: new Flush(),
      limit: 2 ** 30,
      overflowed: () => expect.unreachable(),
    })
    for (let frame = 0; frame < 300; frame++) outbox.send(Buffer.alloc(64 * 1024))
    await new Promise(setImmediate)
    expect(outbox.waiting).toBeGreaterThan(0)
    far.destroy()
    await new Promise((closed) => near.on('close', closed))
    expect(outbox.waiting).toBe(0)
    outbox.send(Buffer.from('c'))
    expect(outbox.waiting).toBe(0)
  })

  it('one reader that stops delays nobody and is cut off within its limit', async () => {
    const limit = 4 * 1024 * 1024
    const frame = Buffer.alloc(64 * 1024, 1)
    const flush = new Flush()
    const [stopped, reading] = [await pair(), await pair()]
    stopped.far.pause()
    let received = 0
    reading.far.on('data', (chunk: Buffer) => (received += chunk.length))
    let overflowed = 0
    const slow: Outbox = new Outbox({
      socket: stopped.near,
      flush,
      limit,
      overflowed: () => {
        overflowed++
        slow.end(() => stopped.near.destroy())
      },
    })
    const quick = new Outbox({ socket: reading.near, flush, limit, overflowed: () => expect.unreachable() })
    const frames = 400
    let most = 0
    for (let sent = 0; sent < frames; sent++) {
      slow.send(frame)
      quick.send(frame)
      most = Math.max(most, slow.waiting)
      while (quick.waiting > 0) await new Promise(setImmediate)
    }
    await expect.poll(() => received).toBe(frames * frame.length)
    expect(overflowed).toBe(1)
    expect(most).toBeLessThanOrEqual(limit)
  })
})
