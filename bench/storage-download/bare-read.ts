// A contestant: node:http, the statement that the door makes of the read through the door's own pool, and the file.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { openDatabase } from '../../packages/server/src/database/pipeline/open-database.ts'
import type { Caller } from '../../packages/server/src/storage/access/caller.ts'
import { storageDatabase } from '../../packages/server/src/storage/access/storage-database.ts'
import { selectObject } from '../../packages/server/src/storage/objects/sql/read-object.ts'
import { announcePort, contestantOptions } from '../rest-read/contestant.ts'
import { OWNER, ROLE } from '../rest-read/workload.ts'
import { BUCKET } from './stored-objects.ts'

const { databaseUrl, pool, blobs } = contestantOptions() as ReturnType<typeof contestantOptions> & {
  readonly blobs: string
}
const { hostname, port, username, password, pathname } = new URL(databaseUrl)
const database = storageDatabase(
  openDatabase({
    host: hostname,
    port: Number(port),
    user: username,
    password,
    database: pathname.slice(1),
    size: pool,
  }),
)
const claims = { role: ROLE, sid: 'sess_1', v: 2, sub: OWNER }
const caller: Caller = {
  identity: {
    kind: 'identity',
    role: ROLE,
    claims,
    claimsJson: JSON.stringify(claims),
    issuer: null,
    subject: OWNER,
    via: 'token',
    expiresAt: null,
  },
  token: 'a token of the benchmark',
  method: 'GET',
  path: '/object',
  headersJson: '{}',
}

const server = createServer((request, response) => {
  const name = request.url?.slice(1) ?? ''
  answer(name).then(
    (bytes) => response.writeHead(200, ['content-length', String(bytes.length)]).end(bytes),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})

async function answer(name: string): Promise<Buffer> {
  const statements = [selectObject({ bucket: BUCKET, name })]
  const operation = 'storage.object.get_authenticated'
  const [rows] = await database.asCaller(caller, { operation, statements, readOnly: true })
  const version = rows?.rows[0]?.[rows.columns.indexOf('version')] ?? ''
  return await readFile(join(blobs, version.slice(0, 2), version))
}

announcePort(server)
