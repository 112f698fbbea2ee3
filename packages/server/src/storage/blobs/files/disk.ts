// What the disk says no to, in words that tell an operator what to do and a client nothing of paths.

import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'

import { Refusal } from '../../../refusal/refusal.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'No space is left where the bytes are kept',
  EDQUOT: 'No space is left where the bytes are kept',
  EFBIG: 'A file is larger than it may be where the bytes are kept',
  EIO: 'The disk with the bytes fails',
  EROFS: 'The disk with the bytes is read-only',
  EMFILE: 'Too many files are open',
  ENFILE: 'Too many files are open',
  EACCES: 'The folder of the bytes may not be used',
  EPERM: 'The folder of the bytes may not be used',
  ENOENT: 'The folder of the bytes is gone',
  ENOTDIR: 'The folder of the bytes is gone',
}

/** Refuses with `storage.bytes-unavailable` what the disk refuses; other errors stay what they are. */
export async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    const reason = reasons[code] ?? `The disk with the bytes answers ${code}`
    throw new Refusal('storage.bytes-unavailable', { reason }, { cause: error })
  }
}

/** Null where there is no such file. */
export async function openExisting(path: string): Promise<FileHandle | null> {
  return await whereThere(open(path, 'r'))
}

/** Null where what it works on is not there. */
export async function whereThere<Result>(work: Promise<Result>): Promise<Result | null> {
  return await onDisk(
    work.catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null
      throw error
    }),
  )
}

/** Such as `ENOENT`, of an error that a system call made. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined
}
