// What the operating system tells about other processes: who they are, when they began, who holds a port.
// Answers `null` where the system does not tell.

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether a process with this id runs, whoever owns it. One that ended and that nobody has asked after does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && !isZombie(pid)
  }
}

/** In containers without an init process, what a killed server leaves behind stays a zombie for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^\) [ZX]/.test(text.slice(text.lastIndexOf(')')))
  } catch {
    return false
  }
}

/** A process's command line, words joined by spaces. */
export async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
    return text === null || text === '' ? null : text.replaceAll('\0', ' ').trim()
  }
  if (process.platform === 'win32') return null
  return await run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  )
}

/** A text that differs between two processes that had the same id one after the other. */
export async function birthOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    // The command's name is in parentheses and may hold spaces; the 22nd field overall is the start in clock ticks.
    return text === null ? null : (text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null)
  }
  if (process.platform === 'win32') return null
  return await run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  )
}

/** Who listens on a TCP port of this machine, such as `postgres (process 4711)`. */
export async function holderOfPort(port: number): Promise<string | null> {
  const pid = process.platform === 'linux' ? await listenerOnLinux(port) : await listenerByLsof(port)
  if (pid === null) return null
  const command = await commandOf(pid)
  return `${command?.split(' ')[0] ?? 'a process'} (process ${pid})`
}

async function listenerByLsof(port: number): Promise<number | null> {
  if (process.platform === 'win32') return null
  return await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']).then(
    ({ stdout }) => Number(stdout.trim().split('\n')[0]) || null,
    () => null,
  )
}

async function listenerOnLinux(port: number): Promise<number | null> {
  const sockets = await listeningSockets(port)
  if (sockets.size === 0) return null
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    for (const file of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '')
      if (sockets.has(target)) return Number(pid)
    }
  }
  return null
}

/** Sockets in state LISTEN (0A) on the port, in the form /proc shows them among a process's files. */
async function listeningSockets(port: number): Promise<ReadonlySet<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8').catch(() => '')),
  )
  const rows = tables
    .join('\n')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  return new Set(rows.filter((row) => row[1]?.endsWith(suffix) && row[3] === '0A').map((row) => `socket:[${row[9]}]`))
}
