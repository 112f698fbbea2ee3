// What was opened, to be closed in the reverse order, all of it, even where one part fails to.

export interface Closers {
  /** Remembers how to close a part that has just been opened. */
  add(name: string, close: () => Promise<unknown>): void
  /** Closes everything, the last opened first. What fails is reported and does not stop the rest. */
  closeAll(report: ReportUnclosed): Promise<void>
}

/** Tells of a part that did not close. */
type ReportUnclosed = (name: string, error: unknown) => void

/** Opens parts that are closed together. Where `open` fails, what it had opened by then is closed first. */
export async function openTogether<Opened>(
  open: (closers: Closers) => Promise<Opened>,
  report: ReportUnclosed,
): Promise<Opened & { close(): Promise<void> }> {
  const closers = createClosers()
  const close = async (): Promise<void> => await closers.closeAll(report)
  try {
    return { ...(await open(closers)), close }
  } catch (error) {
    await close()
    throw error
  }
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
