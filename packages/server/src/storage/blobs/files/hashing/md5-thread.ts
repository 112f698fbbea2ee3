// The thread that hashes what is uploaded: the other end of `open-hashing.ts`. Every message has one answer, in order.

import { createHash, type Hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'

export type HashingTask =
  /** The next bytes of a file; their memory is the thread's. */
  | { readonly kind: 'bytes'; readonly file: number; readonly chunks: readonly ArrayBuffer[] }
  | { readonly kind: 'end'; readonly file: number }

/** Of the end of a file; null of bytes. */
export type HashingAnswer = string | null

const files = new Map<number, Hash>()

function perform(task: HashingTask): HashingAnswer {
  const md5 = files.get(task.file) ?? createHash('md5')
  if (task.kind === 'end') {
    files.delete(task.file)
    return md5.digest('hex')
  }
  files.set(task.file, md5)
  for (const chunk of task.chunks) {
    md5.update(new Uint8Array(chunk))
    chunk.transfer(0)
  }
  return null
}

parentPort?.on('message', (task: HashingTask) => parentPort?.postMessage(perform(task), []))
