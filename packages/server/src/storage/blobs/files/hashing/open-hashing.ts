// MD5 of large files on a thread of its own: at some 600 MB a second it would keep every other request waiting, and the
// next bytes in the socket.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

import { takeMemory } from '../../own-chunks.ts'
import type { HashingAnswer, HashingTask } from './md5-thread.ts'

export interface Hashing {
  /** Begins a file. */
  begin(): FileHash
  close(): Promise<void>
}

export interface FileHash {
  /** The chunks are empty afterwards where they were the caller's own. Resolves once they are hashed. */
  update(chunks: readonly Buffer[]): Promise<void>
  /** In hex; ends the file. One that breaks off is ended, too. */
  end(): Promise<string>
}

/** The thread starts with the first file; one that breaks down takes its files along, and the next file starts another. */
export function openHashing(): Hashing {
  let thread: HashingThread | null = null
  let files = 0
  return {
    begin() {
      if (thread === null || thread.isOver()) thread = startThread()
      const { ask } = thread
      const file = files++
      return {
        async update(chunks) {
          const memory = chunks.map(takeMemory)
          await ask({ kind: 'bytes', file, chunks: memory }, memory)
        },
        end: async () => (await ask({ kind: 'end', file }, [])) ?? '',
      }
    },
    close: async () => await thread?.end(),
  }
}

interface HashingThread {
  readonly ask: (task: HashingTask, memory: readonly ArrayBuffer[]) => Promise<HashingAnswer>
  isOver(): boolean
  end(): Promise<void>
}

function startThread(): HashingThread {
  const worker = new Worker(threadModule())
  const waiting: PromiseWithResolvers<HashingAnswer>[] = []
  let over: Error | null = null
  const fail = (error: Error): void => {
    over ??= error
    for (const { reject } of waiting.splice(0)) reject(over)
  }
  worker.on('message', (answer: HashingAnswer) => {
    waiting.shift()?.resolve(answer)
    if (waiting.length === 0) worker.unref()
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`the thread that hashes ended with ${code}`)))
  worker.unref()
  return {
    async ask(task, memory) {
      if (over !== null) throw over
      const answer = Promise.withResolvers<HashingAnswer>()
      waiting.push(answer)
      // Alive for as long as somebody waits for it; else it keeps no process from ending.
      worker.ref()
      worker.postMessage(task, [...memory])
      return await answer.promise
    },
    isOver: () => over !== null,
    async end() {
      await worker.terminate()
    },
  }
}

/** Beside this file, in the source as in the package. */
function threadModule(): string {
  const packed = join(import.meta.dirname, 'md5-thread.js')
  return existsSync(packed) ? packed : join(import.meta.dirname, 'md5-thread.ts')
}
