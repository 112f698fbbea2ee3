// What was opened, to be closed in the reverse order, all of it, even where one part fails to.

export interface Closers {
  /** Remembers how to close a part that has just been opened. */
  add(name: string, close: () => Promise<unknown>): void
  /** Closes everything, the last opened first. What fails is reported and does not stop the rest. */
  closeAll(report: (name: string, error: unknown) => void): Promise<void>
}

/** An empty list of closers. */
export function createClosers(): Closers {
  const opened: { readonly name: string; readonly close: () => Promise<unknown> }[] = []
  return {
    add: (name, close) => void opened.push({ name, close }),
    async closeAll(report) {
      for (let part = opened.pop(); part !== undefined; part = opened.pop()) {
        try {
          await part.close()
        } catch (error) {
          report(part.name, error)
        }
      }
    },
  }
}
