// Waits until the others have said whom they have in a room, so that whoever joins is shown all of them at once.

import type { After } from '../clock.ts'

export interface Answers {
  /** This process has answered, or will not any more. */
  heard(node: string): void
  /** Nobody is waited for any longer. */
  give(): void
  /** Resolves when everybody answered, or had time to. Never rejects. */
  readonly all: Promise<void>
}

/** Milliseconds. */
const LONGEST = 500

export function createAnswers(nodes: readonly string[], after: After): Answers {
  const awaited = new Set(nodes)
  const { promise, resolve } = Promise.withResolvers<void>()
  const prevent = after(LONGEST, resolve)
  const give = (): void => {
    prevent()
    resolve()
  }
  if (awaited.size === 0) give()
  return {
    heard(node) {
      if (awaited.delete(node) && awaited.size === 0) give()
    },
    give,
    all: promise,
  }
}
