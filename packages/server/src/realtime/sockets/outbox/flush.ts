// When the sockets are written to: once for each turn of the event loop, after everything that has arrived in it was
// handled. The busier the process, the more frames go into one write.

import { RunStart } from './frame-run.ts'

interface Flushable {
  flush(): void
}

/** One per process; the outboxes of all its sockets share it. */
export class Flush {
  readonly start = new RunStart()
  #waiting: Flushable[] = []
  readonly #schedule: (run: () => void) => void

  constructor(schedule: (run: () => void) => void = setImmediate) {
    this.#schedule = schedule
  }

  /** Flushes `outbox` at the end of this turn. */
  note(outbox: Flushable): void {
    if (this.#waiting.push(outbox) === 1) this.#schedule(this.#run)
  }

  readonly #run = (): void => {
    const outboxes = this.#waiting
    this.#waiting = []
    for (const outbox of outboxes) outbox.flush()
    this.start.clear()
  }
}
