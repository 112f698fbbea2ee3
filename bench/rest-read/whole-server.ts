// The contestant that is measured: the whole stack as its owner starts it, on a project of its own in a temporary
// folder, with an issuer whose RS256 tokens it trusts.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { askOnce } from '../load/http-load.ts'
import { proportionalMemory } from '../conditions/process-memory.ts'
import { MIGRATION, OWNER, REST_PATH, ROLE } from './workload.ts'

const COMMAND = fileURLToPath(new URL('../../packages/server/bin/tenon.js', import.meta.url))
const ISSUER = 'https://bench.example'
const KEY_ID = 'bench'
const CLERK_SECRET_KEY = 'sk_test_of_the_benchmark'
const PATIENCE = 60_000

export interface Project {
  readonly folder: string
  readonly apiPort: number
  readonly databaseUrl: string
  readonly clerkPort: number
  readonly clerkSecretKey: string
  /** What a signed-in person's client sends. */
  readonly headers: Readonly<Record<string, string>>
  remove(): Promise<void>
}

export interface WholeServer {
  /** From the process' start to its first answered request. Milliseconds. */
  readonly startedIn: number
  readonly pid: number
  /** The answer to the read. */
  readonly body: string
  /** Of the server and its Postgres, now. MiB, null where the system does not tell. */
  memory(): number | null
  signal(name: NodeJS.Signals): void
  stop(): Promise<void>
}

/** A project with the workload's table, a fresh key pair and ports nobody uses. */
export async function makeProject(pool: number): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-project-'))
  const [apiPort, dbPort, clerkPort] = await Promise.all([freePort(), freePort(), freePort()])
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }] })
  const token = await new SignJWT({ role: ROLE, sid: 'sess_1', v: 2 })
    .setProtectedHeader({ alg: 'RS256', kid: KEY_ID })
    .setIssuer(ISSUER)
    .setSubject(OWNER)
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(privateKey)
  await mkdir(join(folder, 'supabase', 'migrations'), { recursive: true })
  await writeFile(join(folder, 'supabase', 'migrations', '20260101000000_bench_tasks.sql'), MIGRATION)
  await writeFile(
    join(folder, 'supabase', 'config.toml'),
    `project_id = "bench"
[api]
port = ${apiPort}
[db]
port = ${dbPort}
pool_size = ${pool}
[mailbox]
enabled = false
[studio]
enabled = false
[clerk]
port = ${clerkPort}
secret_key = "${CLERK_SECRET_KEY}"
[auth.third_party.bench]
enabled = true
issuer_url = "${ISSUER}"
jwks = '${jwks}'
`,
  )
  return {
    folder,
    apiPort,
    databaseUrl: `postgresql://postgres:postgres@127.0.0.1:${dbPort}/postgres`,
    clerkPort,
    clerkSecretKey: CLERK_SECRET_KEY,
    headers: { authorization: `Bearer ${token}`, accept: '*/*', 'user-agent': 'bench' },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Runs `tenon start` on the project until the read is answered. Rejects with what it printed where it never is. */
export async function startWholeServer(
  project: Project,
  environment: Readonly<Record<string, string>> = {},
): Promise<WholeServer> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [COMMAND, 'start', '--project', project.folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  const printed = collect(child)
  const body = await firstAnswer(project, child, printed)
  const startedIn = performance.now() - startedAt
  return {
    startedIn,
    pid: child.pid ?? 0,
    body,
    memory: () => (child.pid === undefined ? null : proportionalMemory(child.pid)),
    signal: (name) => void child.kill(name),
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function firstAnswer(project: Project, child: ChildProcess, printed: () => string): Promise<string> {
  const giveUpAt = performance.now() + PATIENCE
  const target = { port: project.apiPort, path: REST_PATH, headers: project.headers }
  for (;;) {
    try {
      return await askOnce(target)
    } catch (error) {
      if (child.exitCode !== null || performance.now() > giveUpAt) {
        child.kill('SIGTERM')
        throw new Error(`the server did not answer the read:\n${printed()}`, { cause: error })
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

/** Keeps the pipes flowing and the last of what came through them. */
function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-8_000)
    })
  }
  return () => text
}

/** A port that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
