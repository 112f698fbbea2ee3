// Signals to processes that a test has looked up, and may have looked up in vain.

/**
 * As `process.kill`, which takes 0 for the caller's own process group: everything that runs the tests. Throws
 * where no process was found.
 */
export function sendSignal(pid: number | null | undefined, signal: NodeJS.Signals): void {
  process.kill(found(pid), signal)
}

/** To a whole process group, by its leader's id, as Ctrl+C in a terminal does. Throws where no process was found. */
export function sendSignalToGroup(leader: number | null | undefined, signal: NodeJS.Signals): void {
  process.kill(-found(leader), signal)
}

function found(pid: number | null | undefined): number {
  if (typeof pid === 'number' && Number.isInteger(pid) && pid > 1) return pid
  throw new Error(`no process to send a signal to: ${pid}`)
}
