// The server that is measured: the whole stack as its owner starts it.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { makeProject, type Project, startWholeServer } from '../rest-read/whole-server.ts'

export interface LiveServer {
  /** Of the WebSocket, key and serializer included. */
  readonly url: string
  readonly databaseUrl: string
  /** What is in use after a collection. Bytes. */
  memory(): Promise<NodeJS.MemoryUsage>
  stop(): Promise<void>
}

const preload = fileURLToPath(new URL('report-memory.ts', import.meta.url))

export async function startLiveServer(pool: number): Promise<LiveServer> {
  const project = await makeProject(pool)
  const folder = await mkdtemp(join(tmpdir(), 'bench-memory-'))
  const file = join(folder, 'memory.json')
  const server = await startWholeServer(project, {
    NODE_OPTIONS: `--expose-gc --import ${preload}`,
    BENCH_MEMORY_FILE: file,
  })
  return {
    url: urlOf(project),
    databaseUrl: project.databaseUrl,
    async memory() {
      await rm(file, { force: true })
      server.signal('SIGUSR2')
      return JSON.parse(await appeared(file)) as NodeJS.MemoryUsage
    },
    async stop() {
      await server.stop()
      await project.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function urlOf({ apiPort, headers }: Project): string {
  const key = headers['authorization']?.slice('Bearer '.length) ?? ''
  return `ws://127.0.0.1:${apiPort}/realtime/v1/websocket?apikey=${encodeURIComponent(key)}&vsn=2.0.0`
}

async function appeared(file: string): Promise<string> {
  for (;;) {
    try {
      return await readFile(file, 'utf8')
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
