// Several servers of one project as they are run in production: one Postgres that is nobody's own, one NATS, and a folder
// and ports of its own for each server. The first one applies the migrations; the others are told not to.

import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connectionUrl } from '../../../packages/server/src/database/engines/engine.ts'
import { startEmbedded } from '../../../packages/server/src/database/engines/embedded/start-embedded.ts'
import {
  type CuttableProxy,
  startCuttableProxy,
} from '../../../packages/server/src/database/pipeline/cuttable-proxy.test-support.ts'
import { startNats } from '../../../packages/server/src/realtime/fanout/nats/nats-server.test-support.ts'
import { projectFolder, type RunningStack, startStack } from '../../running-stack.ts'

/** One server, and its own way to NATS, which a test can cut. */
export interface RunningProcess {
  readonly stack: RunningStack
  readonly nats: CuttableProxy
  /** What `/health` says of Realtime. */
  readonly facts: () => Promise<RealtimeFacts>
}

export interface RealtimeFacts {
  readonly processes: string
  readonly peers: number
  readonly changes: string
  readonly part: string
}

export interface RunningProcesses extends AsyncDisposable {
  readonly processes: readonly RunningProcess[]
  /** The database's owner. */
  readonly databaseUrl: string
}

interface ProcessesOptions {
  readonly count: number
  /** Files of the project, such as migrations. */
  readonly files?: Readonly<Record<string, string>>
  /** Further lines of `[realtime]`. */
  readonly realtime?: string
}

/** Resolves when each hears of all others. */
export async function startProcesses({
  count,
  files = {},
  realtime = '',
}: ProcessesOptions): Promise<RunningProcesses> {
  const home = mkdtempSync(join(tmpdir(), 'tenon-processes-'))
  await chmod(home, 0o755)
  const [postgres, nats] = await Promise.all([
    startEmbedded({ folder: join(home, 'postgres'), port: 0, durable: false }),
    startNats(),
  ])
  const databaseUrl = connectionUrl(postgres.adminConnection())
  const processes: RunningProcess[] = []
  const start = async (): Promise<RunningProcess> => {
    const way = await startCuttableProxy(nats.port, '127.0.0.1')
    const settings = `[realtime]\nnats_url = "nats://127.0.0.1:${way.port}"\n${realtime}\n`
    const config = processes.length === 0 ? settings : `${settings}${FOLLOWING}`
    const folder = projectFolder({ ...files, 'supabase/config.toml': config })
    const stack = await startStack({ folder, args: ['--database-url', databaseUrl] })
    const process: RunningProcess = { stack, nats: way, facts: async () => await factsOf(stack) }
    processes.push(process)
    return process
  }
  const end = async (): Promise<void> => {
    await Promise.all(processes.map(async ({ stack }) => await stack.stop()))
    await Promise.all(processes.map(async ({ nats: way }) => await way.close()))
    await Promise.all([nats.stop(), postgres.stop()])
    for (const folder of [home, ...processes.map(({ stack }) => stack.folder)])
      rmSync(folder, { recursive: true, force: true })
  }
  try {
    for (let started = 0; started < count; started += 1) await start()
    await met(processes)
  } catch (error) {
    await end()
    throw error
  }
  return { processes, databaseUrl, [Symbol.asyncDispose]: end }
}

/** What all but one are told: the schema is another's to change, and so are Clerk's people. */
const FOLLOWING = '[db.migrations]\nenabled = false\n[clerk]\nenabled = false\n[mailbox]\nenabled = false\n'

async function factsOf(stack: RunningStack): Promise<RealtimeFacts> {
  const answer = await fetch(`${stack.line('API_URL')}/health`)
  return ((await answer.json()) as { readonly realtime: RealtimeFacts }).realtime
}

async function met(processes: readonly RunningProcess[]): Promise<void> {
  const knowAll = async (): Promise<boolean> =>
    (await Promise.all(processes.map(async ({ facts }) => await facts()))).every(
      ({ peers }) => peers === processes.length - 1,
    )
  const deadline = Date.now() + 60_000
  while (!(await knowAll())) {
    if (Date.now() > deadline) throw new Error('the processes do not meet')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
