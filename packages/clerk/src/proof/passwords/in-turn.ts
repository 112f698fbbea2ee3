// How many passwords are hashed at once. Each takes a thread and a processor for many milliseconds, and argon2 19 MiB: who
// tries many passwords keeps others waiting who show one, and neither the disk nor the memory of the rest of the server.

const AT_ONCE = 4

const waiting: (() => void)[] = []
let underWay = 0

/** Runs the work at its turn, which is in the order of asking; its result or its error. */
export async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (underWay < AT_ONCE) underWay += 1
  else await new Promise<void>((turn) => waiting.push(turn))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) underWay -= 1
    else next()
  }
}
