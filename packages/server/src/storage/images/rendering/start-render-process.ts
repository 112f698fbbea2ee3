// One process that renders, as the server holds it.

import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'

import type { RenderOrder, RenderOutcome } from './render-order.ts'

export interface RenderProcess {
  /** One at a time. Rejects where the process ends before it answers: it was ended, or the image ended it. */
  render(order: RenderOrder): Promise<RenderOutcome>
  isRunning(): boolean
  /** At once, whatever it is doing. */
  end(): void
}

/** Others come first: an image may take a second, an answer of the API may not. */
const NICENESS = 10

/** `module` stands in for the renderer in tests. */
export function startRenderProcess(module = rendererModule()): RenderProcess {
  const child = fork(module, [], { execArgv: [], env: environment(), stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new RenderProcessEnded(`ended with ${signal ?? code}`)))
  })
  // Whoever waits for an answer hears of it; where nobody does, it is no failure.
  ended.catch(() => {})
  child.once('spawn', () => yieldToOthers(child.pid))
  return {
    async render(order) {
      const answered = new Promise<RenderOutcome>((resolve) => child.once('message', resolve))
      child.send(order, () => {})
      return await Promise.race([answered, ended])
    },
    isRunning: () => child.exitCode === null && child.signalCode === null && child.connected,
    end: () => void child.kill('SIGKILL'),
  }
}

/** The process that renders is no more. */
export class RenderProcessEnded extends Error {}

/** Beside this file, in the source as in the package. */
function rendererModule(): string {
  const packed = join(import.meta.dirname, 'render-process.js')
  return existsSync(packed) ? packed : join(import.meta.dirname, 'render-process.ts')
}

/** No secret of the server's environment goes where hostile bytes are decoded. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMPDIR, TEMP } = process.env
  const kept = Object.entries({ PATH, SystemRoot, TMPDIR, TEMP }).filter(([, value]) => value !== undefined)
  // Fewer arenas keep large images from fragmenting the heap.
  return { ...Object.fromEntries(kept), MALLOC_ARENA_MAX: '2', NODE_NO_WARNINGS: '1' }
}

function yieldToOthers(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, NICENESS)
  } catch {
    // It renders with the priority it has.
  }
}
