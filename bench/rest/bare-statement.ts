// The contestant of `rest`: nothing but node:http and pg, settings and one statement in one flush and one implicit
// transaction. What it sends to Postgres is what the REST door sends for the same request.

import { createServer } from 'node:http'
import { Pool } from 'pg'
import type { Connection, PoolClient, Submittable } from 'pg'
import { announcePort, contestantOptions } from '../rest-read/contestant.ts'

export interface BareStatement {
  readonly settings: readonly (readonly [name: string, value: string])[]
  readonly text: string
  readonly values: readonly (string | null)[]
  /** Where the body stands in the statement's row. */
  readonly bodyColumn: number
  /** Of the answer. */
  readonly status: number
}

type Preparing = Connection & {
  parse(query: object): void
  bind(config: object): void
  execute(config: object): void
  sync(): void
}

const options = contestantOptions() as ReturnType<typeof contestantOptions> & BareStatement
const { databaseUrl, pool: max, settings, bodyColumn, status } = options
const arms = settings.map(([name], at) => `set_config('${name}', $${at + 1}, true) is null`)
const STATEMENTS = [
  { name: 'bench_set', text: `select where ${arms.join(' or ')}`, values: settings.map(([, value]) => value) },
  { name: 'bench_statement', text: options.text, values: options.values },
]

const prepared = new WeakSet<PoolClient>()

/** Both statements, prepared on a connection's first use, before a single Sync. */
class BothStatements implements Submittable {
  readonly #client: PoolClient
  readonly #done: (error: Error | null, body: string) => void
  #body = ''

  constructor(client: PoolClient, done: (error: Error | null, body: string) => void) {
    this.#client = client
    this.#done = done
  }

  submit(connection: Connection): void {
    const link = connection as Preparing
    connection.stream.cork()
    for (const { name, text, values } of STATEMENTS) {
      if (!prepared.has(this.#client)) link.parse({ name, text })
      link.bind({ statement: name, values: [...values] })
      link.execute({})
    }
    link.sync()
    connection.stream.uncork()
    prepared.add(this.#client)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#body = fields[bodyColumn] ?? ''
  }

  handleRowDescription(): void {}

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#done(null, this.#body)
  }

  handleError(error: Error): void {
    this.#done(error, '')
  }
}

const pool = new Pool({ connectionString: databaseUrl, max, min: max })

const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    pool.connect((unreachable, client, release) => {
      if (client === undefined) return response.writeHead(503).end(String(unreachable))
      client.query(
        new BothStatements(client, (error, body) => {
          release(error ?? undefined)
          if (error !== null) return response.writeHead(500).end(error.message)
          const length = String(Buffer.byteLength(body))
          response.writeHead(status, ['content-type', 'application/json', 'content-length', length]).end(body)
        }),
      )
    })
  })
})

announcePort(server)
