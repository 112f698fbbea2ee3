// How much processor time a process has used.

import { readFileSync } from 'node:fs'

/** Ticks of the kernel's clock in a second, on every Linux that Node runs on. */
const TICKS = 100

/** Seconds in user and kernel mode of the process alone; null where the system does not tell. */
export function processorTime(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; the fields after it are counted from the state, which is the third.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  } catch {
    return null
  }
}
