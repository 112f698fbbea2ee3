// A contestant: nothing but node:http and pg, both statements in one flush and one implicit transaction.

import { createServer } from 'node:http'
import { Pool } from 'pg'
import type { Connection, PoolClient, Submittable } from 'pg'
import { announcePort, contestantOptions } from './contestant.ts'
import { BODY_COLUMN, READ, SET } from './workload.ts'

type Preparing = Connection & {
  parse(query: object): void
  bind(config: object): void
  describe(target: object): void
  execute(config: object): void
  sync(): void
}

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
    for (const { name, text, values } of [SET, READ]) {
      if (!prepared.has(this.#client)) link.parse({ name, text })
      link.bind({ statement: name, values })
      link.execute({})
    }
    link.sync()
    connection.stream.uncork()
    prepared.add(this.#client)
  }

  handleDataRow({ fields }: { fields: string[] }): void {
    this.#body = fields[BODY_COLUMN] ?? ''
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

const { databaseUrl, pool: max } = contestantOptions()
const pool = new Pool({ connectionString: databaseUrl, max, min: max })

const server = createServer((_request, response) => {
  pool.connect((unreachable, client, release) => {
    if (client === undefined) return response.writeHead(503).end(String(unreachable))
    client.query(
      new BothStatements(client, (error, body) => {
        release(error ?? undefined)
        if (error !== null) return response.writeHead(500).end(error.message)
        const length = Buffer.byteLength(body)
        response.writeHead(200, ['content-type', 'application/json', 'content-length', String(length)]).end(body)
      }),
    )
  })
})

announcePort(server)
