// Work on one thing, one after the other; work on different things does not wait.

const last = new Map<string, Promise<unknown>>()

/** Runs `work` once all that was given before it under the same name has ended, however it ended. */
export async function oneAtATime<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const before = last.get(name) ?? Promise.resolve()
  const mine = before.then(work, work)
  last.set(name, mine)
  try {
    return await mine
  } finally {
    if (last.get(name) === mine) last.delete(name)
  }
}
