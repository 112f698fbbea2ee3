// The SDK sends no stream twice: what has its bytes on the disk sends them again from there.

import { Refusal } from '../../../../refusal/refusal.ts'

const ATTEMPTS = 3

/** `work` opens its stream anew each time. Refuses as it does in the end. */
export async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const passing = error instanceof Refusal && error.code === 'storage.bytes-unavailable'
      if (!passing || attempt === ATTEMPTS) throw error
    }
  }
}
