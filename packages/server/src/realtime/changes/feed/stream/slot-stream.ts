// One run of the stream: frames in, pieces out to the delivery, statuses back. Stops reading while the listeners are
// busy, and goes on reporting, so that Postgres keeps the connection.

import { parseMessage } from '../../decode/pgoutput/parse-message.ts'
import { type Piece, TransactionAssembler } from '../../decode/transactions/assemble-transactions.ts'
import type { RelationBook } from '../../decode/transactions/relation-book.ts'
import type { Lsn } from '../../change.ts'
import type { Delivery } from './delivery.ts'
import { startReplication } from '../sql/replication-commands.ts'
import type { Patience } from './patience.ts'
import { type ReplicationConnection, SENDER_TIMEOUT } from './replication-connection.ts'
import { parseFrame, printStatus } from './wal-frames.ts'

export interface SlotStreamOptions {
  readonly connection: ReplicationConnection
  readonly relations: RelationBook
  readonly delivery: Delivery
  readonly slot: string
  readonly publications: readonly string[]
  /** What the slot may confirm. */
  readonly confirmed: () => Lsn
  readonly patience: Patience
  /** Changes arrive from now on. */
  readonly onStart: () => void
}

const REPORT_EVERY = SENDER_TIMEOUT / 3

export class SlotStream {
  readonly #options: SlotStreamOptions
  readonly #assembler: TransactionAssembler
  #received: Lsn = 0n
  #heardAt = performance.now()
  #bytesHeard = 0
  #isPaused = false
  #reports: NodeJS.Timeout | undefined

  constructor(options: SlotStreamOptions) {
    this.#options = options
    this.#assembler = new TransactionAssembler(options.relations)
  }

  /** Streams until the connection ends; rejects with why. */
  async run(): Promise<void> {
    const { connection, slot, publications } = this.#options
    try {
      await connection.stream(startReplication(slot, publications), {
        started: () => this.#start(),
        frame: (bytes) => this.#take(bytes),
      })
    } finally {
      clearInterval(this.#reports)
      this.#options.delivery.interrupt()
    }
  }

  /** Tells Postgres for the last time what was heard, and ends. */
  async end(): Promise<void> {
    this.#report(false)
    await this.#options.connection.end()
  }

  #start(): void {
    this.#heardAt = performance.now()
    this.#reports = setInterval(() => this.#reportOrGiveUp(), REPORT_EVERY)
    this.#options.onStart()
  }

  #take(bytes: Buffer): void {
    this.#heardAt = performance.now()
    const frame = parseFrame(bytes)
    if (frame.kind === 'data') return this.#decode(bytes, frame.at)
    this.#received = frame.end
    // Between transactions, all that was committed before this place has come.
    if (!this.#assembler.isWithin) this.#deliver({ chunk: null, bytes: 0, end: frame.end })
    if (frame.wantsReply) this.#report(false)
  }

  #decode(bytes: Buffer, at: number): void {
    const piece = this.#assembler.accept(parseMessage(bytes, at), bytes.length)
    if (piece === null) return
    if (piece.end !== null) {
      this.#received = piece.end
      this.#options.patience.wasEnough()
    }
    this.#deliver(piece)
  }

  #deliver(piece: Piece): void {
    const { delivery } = this.#options
    delivery.take(piece)
    if (delivery.isFull && !this.#isPaused) this.#pause()
  }

  #pause(): void {
    const { connection, delivery } = this.#options
    this.#isPaused = true
    connection.pause()
    delivery.whenSpace(() => {
      this.#isPaused = false
      this.#heardAt = performance.now()
      connection.resume()
    })
  }

  #reportOrGiveUp(): void {
    const { patience } = this.#options
    const silentFor = this.#silentFor()
    if (silentFor > patience.milliseconds) {
      patience.wasTooShort()
      this.#options.connection.destroy(new Error(`Postgres has not said a word for ${Math.round(silentFor)} ms.`))
    }
    this.#report(silentFor >= REPORT_EVERY)
  }

  /** A message that is only partly here is not silence. */
  #silentFor(): number {
    const { bytesRead } = this.#options.connection
    if (this.#isPaused || bytesRead !== this.#bytesHeard) this.#heardAt = performance.now()
    this.#bytesHeard = bytesRead
    return performance.now() - this.#heardAt
  }

  #report(wantsReply: boolean): void {
    const { connection } = this.#options
    const confirmed = this.#options.confirmed()
    const received = this.#received > confirmed ? this.#received : confirmed
    connection.write(printStatus({ received, confirmed, now: Date.now(), wantsReply }))
  }
}
