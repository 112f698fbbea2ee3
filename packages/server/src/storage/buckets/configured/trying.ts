// Setting up goes on past what cannot be, and tells of it.

import { type AnyRefusal, isRefusal } from '../../../refusal/refusal.ts'
import { sayInStorage } from '../../../refusal/storage/render-storage.ts'

export interface SetUp {
  /** `bucket/name` of the files that were new or changed. */
  readonly uploaded: readonly string[]
  /** A sentence for each bucket or file that could not be. */
  readonly notices: readonly string[]
}

/** What kept the work from being done, in a sentence; null where nothing did. Rejects with a fault. */
export async function trying(what: string, work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (thrown) {
    if (isRefusal(thrown)) return `Storage: ${what}: ${sentenceOf(thrown)}`
    if (thrown instanceof Error && 'syscall' in thrown) return `Storage: ${what}: ${reasonOf(thrown)}`
    throw thrown
  }
}

function reasonOf(error: Error): string {
  const { code, path, message } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? `there is no ${path ?? 'such file'}` : message
}

function sentenceOf(refusal: AnyRefusal): string {
  const { fix } = refusal
  return `${sayInStorage(refusal)?.message ?? refusal.message}${fix === undefined ? '' : `. ${fix}`}`
}
