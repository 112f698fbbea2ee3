// A connection for one run: nothing that a person's SQL sets, locks or leaves open outlives it.

import { Client } from 'pg'

import type { ConnectionSettings } from '../../../database/engines/engine.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { StatementRun, type StatementBounds, type StatementOutcome } from './statement-run.ts'
import { cancelBackend } from './sql/session-statements.ts'

export interface Notice {
  readonly severity: string
  readonly sqlstate: string | null
  readonly message: string
  readonly detail: string | null
  readonly hint: string | null
}

/** As the driver hands it over. */
type NoticeMessage = { readonly [Part in 'severity' | 'code' | 'message' | 'detail' | 'hint']?: string | undefined }

/** Milliseconds. */
const PATIENCE = 10_000

/** A loop may remark something for each of its rounds. */
const MOST_NOTICES = 200

const tooMany: Notice = {
  severity: 'NOTICE',
  sqlstate: null,
  message: 'There were more remarks than are kept.',
  detail: null,
  hint: null,
}

/** One run's connection. */
export class ConsoleConnection {
  readonly client: Client
  readonly #settings: ConnectionSettings
  #notices: Notice[] = []
  #processId: number | undefined

  private constructor(settings: ConnectionSettings) {
    this.#settings = settings
    this.client = new Client({ ...settings, connectionTimeoutMillis: PATIENCE, application_name: 'tenon sql editor' })
    this.client.on('notice', (notice) => {
      if (this.#notices.length < MOST_NOTICES) this.#notices.push(noticeOf(notice))
      else this.#notices[MOST_NOTICES - 1] = tooMany
    })
    // A loss reaches whoever waits for a statement; between two of them, the next one.
    this.client.on('error', () => {})
  }

  /** Refuses `postgres.unreachable`. */
  static async open(settings: ConnectionSettings): Promise<ConsoleConnection> {
    const connection = new ConsoleConnection(settings)
    try {
      await connection.client.connect()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Refusal('postgres.unreachable', { reason }, { cause: error })
    }
    connection.#processId = (connection.client as Client & { readonly processID?: number }).processID
    return connection
  }

  /** Rejects with Postgres' own error, once the next statement can be sent. */
  async run(text: string, bounds: StatementBounds): Promise<StatementOutcome> {
    return await new Promise((resolve, reject) => {
      const settle = (error: Error | null, outcome: StatementOutcome): void => {
        if (error === null) resolve(outcome)
        else reject(error)
      }
      this.client.query(new StatementRun(text, bounds, settle))
    })
  }

  /** What Postgres remarked since this was last asked. */
  takeNotices(): readonly Notice[] {
    const taken = this.#notices
    this.#notices = []
    return taken
  }

  inTransaction(): boolean {
    return this.client.getTransactionStatus() !== 'I'
  }

  /** Ends the statement under way, over a connection of its own. */
  async cancel(): Promise<void> {
    const other = new Client({ ...this.#settings, connectionTimeoutMillis: PATIENCE })
    other.on('error', () => {})
    await other.connect()
    try {
      await other.query(cancelBackend, [this.#processId])
    } finally {
      await other.end()
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {})
  }
}

function noticeOf({ severity, code, message, detail, hint }: NoticeMessage): Notice {
  return {
    severity: severity ?? 'NOTICE',
    sqlstate: code ?? null,
    message: message ?? '',
    detail: detail ?? null,
    hint: hint ?? null,
  }
}
