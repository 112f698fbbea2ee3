// One flush over one connection: every step's messages and a single Sync go out in one write, and what comes
// back is gathered until Postgres is ready again. Nothing here knows what the steps mean.

import type { Connection, Submittable } from 'pg'
import type { Rows } from '../statement.ts'
import { FrontendMessages } from './frontend-messages.ts'
import type { PreparedStatements } from './prepared-statements.ts'
import { endsSession } from './refuse-error.ts'
import type { Step } from './steps.ts'

/** Called once: with what stopped the flight, or with the rows of the wanted steps. */
export type Landed = (error: Error | null, results: readonly Rows[]) => void

interface RowDescription {
  readonly fields: readonly { readonly name: string }[]
}

interface DataRow {
  readonly fields: readonly (string | null)[]
}

interface CommandComplete {
  readonly text: string
}

type CopyRefuser = Connection & { sendCopyFail(reason: string): void }

const NO_COLUMNS: readonly string[] = []
const UNNAMED = ''
const messages = new FrontendMessages()

/** Steps under way, in the form the driver's client submits and reports to. */
export class Flight implements Submittable {
  readonly #steps: readonly Step[]
  readonly #statements: PreparedStatements
  readonly #landed: Landed
  /** For each step, its columns where they are known; undefined until Postgres describes them. */
  readonly #columns: (readonly string[] | undefined)[] = []
  /** The steps whose Parse went along. */
  readonly #parsed = new Set<number>()
  readonly #results: Rows[] = []
  readonly #bytes: Buffer
  #rows: (readonly (string | null)[])[] = []
  #at = 0
  #over = false

  constructor(steps: readonly Step[], statements: PreparedStatements, landed: Landed) {
    this.#steps = steps
    this.#statements = statements
    this.#landed = landed
    this.#bytes = this.#encode()
  }

  /** The step Postgres is at, or stopped at; the number of steps once all are through. */
  get at(): number {
    return this.#at
  }

  submit(connection: Connection): void {
    connection.stream.write(this.#bytes)
  }

  handleRowDescription(message: RowDescription): void {
    this.#columns[this.#at] = message.fields.map((field) => field.name)
  }

  handleDataRow(message: DataRow): void {
    this.#rows.push(message.fields)
  }

  handleCommandComplete(message: CommandComplete): void {
    this.#stepDone(affected(message.text))
  }

  handleEmptyQuery(): void {
    this.#stepDone(0)
  }

  handleCopyInResponse(connection: Connection): void {
    ;(connection as CopyRefuser).sendCopyFail('COPY FROM STDIN has no source here')
  }

  handleCopyData(): void {}

  handlePortalSuspended(): void {}

  handleReadyForQuery(): void {
    this.#land(null)
  }

  /** Lands once Postgres is ready again, so that the state of the transaction is known to whoever goes on. */
  handleError(error: Error, connection: Connection): void {
    for (const index of this.#parsed) if (index >= this.#at) this.#statements.forget(this.#step(index).shape)
    if (endsSession(error)) return this.#land(error)
    const land = (): void => {
      connection.off('readyForQuery', land)
      connection.off('end', land)
      this.#land(error)
    }
    connection.on('readyForQuery', land)
    connection.on('end', land)
  }

  #encode(): Buffer {
    try {
      for (const name of this.#statements.takeStale()) messages.closeStatement(name)
      for (let index = 0; index < this.#steps.length; index++) this.#write(this.#step(index), index)
      messages.sync()
      return messages.take()
    } catch (thrown) {
      messages.discard()
      throw thrown
    }
  }

  #write(step: Step, index: number): void {
    if (!this.#statements.enabled) {
      messages.parse(UNNAMED, step.shape.text)
      messages.describe(UNNAMED)
      messages.bind(UNNAMED, step.values)
    } else {
      const { name, text } = step.shape
      const prepared = this.#statements.use(step.shape)
      if (prepared !== undefined) this.#columns[index] = prepared.columns
      else if (!this.#parsedEarlier(index)) {
        messages.parse(name, text)
        messages.describe(name)
        this.#parsed.add(index)
      }
      messages.bind(name, step.values)
    }
    messages.execute()
  }

  #parsedEarlier(index: number): boolean {
    for (const earlier of this.#parsed) if (this.#step(earlier).shape === this.#step(index).shape) return true
    return false
  }

  #stepDone(count: number): void {
    const step = this.#step(this.#at)
    const columns = this.#columns[this.#at] ?? this.#statements.use(step.shape)?.columns ?? NO_COLUMNS
    if (this.#parsed.has(this.#at)) this.#statements.confirm(step.shape, columns)
    if (step.wanted) this.#results.push({ columns, rows: this.#rows, count })
    this.#rows = []
    this.#at++
  }

  #step(index: number): Step {
    const step = this.#steps[index]
    if (step === undefined) throw new RangeError('Postgres completed a command that was not sent')
    return step
  }

  #land(error: Error | null): void {
    if (this.#over) return
    this.#over = true
    this.#landed(error, this.#results)
  }
}

// `SELECT 10`, `INSERT 0 5`, `UPDATE 3`; commands that count nothing end in a word.
function affected(tag: string): number {
  const count = Number(tag.slice(tag.lastIndexOf(' ') + 1))
  return Number.isNaN(count) ? 0 : count
}
