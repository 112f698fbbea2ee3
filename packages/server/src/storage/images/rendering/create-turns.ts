// Turns at something of which there is little: so many at once, so many waiting, and whoever comes then is refused.

import { Refusal } from '../../../refusal/refusal.ts'

export interface Turns {
  /** Resolves to what ends the turn. Refuses with `storage.images-busy`; rejects with the signal's reason once it is aborted. */
  take(signal: AbortSignal): Promise<() => void>
}

export function createTurns(atOnce: number, waiting: number): Turns {
  const queue = new Set<() => void>()
  let taken = 0
  const pass = (): void => {
    const [next] = queue
    if (next === undefined) taken -= 1
    else {
      queue.delete(next)
      next()
    }
  }
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (taken < atOnce) {
        taken += 1
        return pass
      }
      if (queue.size >= waiting) throw imagesBusy(waiting)
      await new Promise<void>((resolve, reject) => {
        const leave = (): void => {
          queue.delete(turn)
          reject(signal.reason)
        }
        const turn = (): void => {
          signal.removeEventListener('abort', leave)
          resolve()
        }
        queue.add(turn)
        signal.addEventListener('abort', leave, { once: true })
      })
      return pass
    },
  }
}

function imagesBusy(waiting: number): Refusal {
  const fix =
    'Ask again later, or raise concurrency or waiting under [storage.image_transformation] in supabase/config.toml.'
  return new Refusal('storage.images-busy', { waiting }, { fix })
}
