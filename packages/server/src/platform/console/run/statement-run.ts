// One statement over the extended protocol, of which no more rows are kept than asked for.

import type { Connection, Submittable } from 'pg'

import { endsSession } from '../../../database/pipeline/refuse-error.ts'

export interface StatementBounds {
  readonly rows: number
  /** Characters of all values together; the row that crosses it is the last. */
  readonly characters: number
  /** Stop asking for rows at the bound. What changes rows must run to its end instead. */
  readonly stops: boolean
}

export interface StatementOutcome {
  readonly columns: readonly { readonly name: string; readonly typeId: number; readonly modifier: number }[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** There are rows that were not kept. */
  readonly more: boolean
  /** As Postgres says it, such as `INSERT 0 1`; null where reading stopped early. */
  readonly tag: string | null
  /** Of all values that were kept. */
  readonly characters: number
}

interface RowDescription {
  readonly fields: readonly {
    readonly name: string
    readonly dataTypeID: number
    readonly dataTypeModifier: number
  }[]
}

type CopyRefuser = Connection & { sendCopyFail(reason: string): void }
/** The driver's types call the number of rows a text; it is written as it comes. */
interface CountingExecutor {
  execute(config: { readonly rows: number }): void
}
type Settle = (error: Error | null, outcome: StatementOutcome) => void

/** Settles once Postgres is ready again. Errors are Postgres' own, or the connection's. */
export class StatementRun implements Submittable {
  readonly #text: string
  readonly #bounds: StatementBounds
  readonly #settle: Settle
  readonly #rows: (readonly (string | null)[])[] = []
  #columns: StatementOutcome['columns'] = []
  #characters = 0
  #more = false
  #tag: string | null = null

  constructor(text: string, bounds: StatementBounds, settle: Settle) {
    this.#text = text
    this.#bounds = bounds
    this.#settle = settle
  }

  submit(connection: Connection): void {
    connection.parse({ name: '', text: this.#text, types: [] }, true)
    connection.bind({}, true)
    connection.describe({ type: 'P', name: '' }, true)
    // One more than wanted tells whether there are more.
    const executor = connection as unknown as CountingExecutor
    executor.execute({ rows: this.#bounds.stops ? this.#bounds.rows + 1 : 0 })
    connection.sync()
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#columns = fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
      name,
      typeId: dataTypeID,
      modifier: dataTypeModifier,
    }))
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#keep(fields)
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#tag = text
  }

  handlePortalSuspended(): void {
    this.#more = true
  }

  handleEmptyQuery(): void {}

  handleCopyInResponse(connection: Connection): void {
    ;(connection as CopyRefuser).sendCopyFail('COPY FROM STDIN has no source here')
  }

  /** COPY … TO STDOUT: its lines are shown as a column. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#columns.length === 0) this.#columns = [{ name: 'copy', typeId: TEXT, modifier: -1 }]
    this.#keep([chunk.toString().replace(/\r?\n$/, '')])
  }

  handleReadyForQuery(): void {
    const kept = { columns: this.#columns, rows: this.#rows, characters: this.#characters }
    this.#settle(null, { ...kept, more: this.#more, tag: this.#tag })
  }

  handleError(error: Error, connection: Connection): void {
    const nothing = { columns: [], rows: [], more: false, tag: null, characters: 0 }
    if (endsSession(error)) return this.#settle(error, nothing)
    const settle = (): void => {
      connection.off('readyForQuery', settle)
      connection.off('end', settle)
      this.#settle(error, nothing)
    }
    connection.on('readyForQuery', settle)
    connection.on('end', settle)
  }

  #keep(fields: readonly (string | null)[]): void {
    if (this.#rows.length >= this.#bounds.rows || this.#characters > this.#bounds.characters) {
      this.#more = true
      return
    }
    for (const field of fields) this.#characters += field?.length ?? 0
    this.#rows.push(fields)
  }
}

const TEXT = 25
