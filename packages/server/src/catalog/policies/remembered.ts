// Answers that are asked for once and used for a while, by everybody they hold for.

export interface Remembered<Answer> {
  /** The answer under this key; asks where there is none that is younger than `lifetime` milliseconds. */
  recall(key: string, lifetime: number, ask: () => Promise<Answer>): Promise<Answer>
  /** Forgets everything; what is being asked for is asked for again by whoever comes from now on. */
  forget(): void
  readonly size: number
}

interface Kept<Answer> {
  readonly answer: Promise<Answer>
  readonly askedAt: number
}

/** Keeps at most `most` answers, the latest asked for. A refusal is kept for nobody. `now` in milliseconds. */
export function remember<Answer>(most: number, now: () => number): Remembered<Answer> {
  const all = new Map<string, Kept<Answer>>()
  return {
    recall(key, lifetime, ask) {
      const known = all.get(key)
      if (known !== undefined && now() - known.askedAt < lifetime) return known.answer
      const kept: Kept<Answer> = { answer: ask(), askedAt: now() }
      all.delete(key)
      all.set(key, kept)
      if (all.size > most) all.delete(all.keys().next().value ?? '')
      kept.answer.catch(() => {
        if (all.get(key) === kept) all.delete(key)
      })
      return kept.answer
    },
    forget: () => all.clear(),
    get size() {
      return all.size
    },
  }
}
