// Answers that are asked for once and used for a while, by everybody they hold for.

import type { ChannelAccess } from './channel-access.ts'

export interface RememberedAccess {
  /** The answer under this key; asks where there is none that is younger than `lifetime` milliseconds. */
  recall(key: string, lifetime: number, ask: () => Promise<ChannelAccess>): Promise<ChannelAccess>
  /** Forgets everything; what is being asked for is asked for again by whoever comes from now on. */
  forget(): void
  readonly size: number
}

interface Answer {
  readonly access: Promise<ChannelAccess>
  readonly askedAt: number
}

/** Keeps at most `most` answers, the latest asked for. A refusal is kept for nobody. `now` in milliseconds. */
export function rememberAccess(most: number, now: () => number): RememberedAccess {
  const answers = new Map<string, Answer>()
  return {
    recall(key, lifetime, ask) {
      const known = answers.get(key)
      if (known !== undefined && now() - known.askedAt < lifetime) return known.access
      const answer: Answer = { access: ask(), askedAt: now() }
      answers.delete(key)
      answers.set(key, answer)
      if (answers.size > most) answers.delete(answers.keys().next().value ?? '')
      answer.access.catch(() => {
        if (answers.get(key) === answer) answers.delete(key)
      })
      return answer.access
    },
    forget: () => answers.clear(),
    get size() {
      return answers.size
    },
  }
}
