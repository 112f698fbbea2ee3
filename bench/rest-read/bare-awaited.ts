// A contestant: nothing but node:http and pg, each command of the transaction awaited before the next.

import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { Pool } from 'pg'
import { announcePort, contestantOptions } from './contestant.ts'
import { BODY_COLUMN, READ, SET } from './workload.ts'

const { databaseUrl, pool: max } = contestantOptions()
const pool = new Pool({ connectionString: databaseUrl, max, min: max })

async function read(): Promise<string> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query({ name: SET.name, text: SET.text, values: [...SET.values] })
    const { rows } = await client.query<string[]>({
      name: READ.name,
      text: READ.text,
      values: [...READ.values],
      rowMode: 'array',
    })
    await client.query('commit')
    client.release()
    return rows[0]?.[BODY_COLUMN] ?? ''
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function answer(response: ServerResponse): Promise<void> {
  try {
    const body = await read()
    const length = Buffer.byteLength(body)
    response.writeHead(200, ['content-type', 'application/json', 'content-length', String(length)]).end(body)
  } catch (error) {
    response.writeHead(500).end(String(error))
  }
}

announcePort(createServer((_request, response) => void answer(response)))
