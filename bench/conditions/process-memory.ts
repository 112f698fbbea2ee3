// How much memory a process and everything below it takes, shared pages divided among those who share them.

import { readdirSync, readFileSync } from 'node:fs'

const PROPORTIONAL = /^Pss:\s+(\d+) kB$/m

/** PSS of `root` and its descendants in MiB; null where the system does not tell (no /proc, or no permission). */
export function proportionalMemory(root: number): number | null {
  try {
    let kibibytes = 0
    for (const pid of familyOf(root)) {
      kibibytes += Number(PROPORTIONAL.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    }
    return kibibytes / 1024
  } catch {
    return null
  }
}

function familyOf(root: number): readonly number[] {
  const childrenOf = Map.groupBy(processes(), ({ parent }) => parent)
  const family: number[] = []
  const rest = [root]
  for (let pid = rest.pop(); pid !== undefined; pid = rest.pop()) {
    family.push(pid)
    for (const child of childrenOf.get(pid) ?? []) rest.push(child.pid)
  }
  return family
}

function processes(): readonly { readonly pid: number; readonly parent: number }[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      const parent = parentOf(entry)
      return parent === null ? [] : [{ pid: Number(entry), parent }]
    })
}

// The name in parentheses may hold spaces and parentheses itself; state and parent come after the last one.
function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}
