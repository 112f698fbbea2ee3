// Counts what a drill is about: changes that were lost, and rows that reached somebody whose `select` does not return them.

import type { RunningStack } from '../../conformance/running-stack.ts'
import { tokenFor } from './tokens.ts'
import type { Watcher } from './watcher.ts'
import type { Written } from './writer.ts'

interface Scene {
  readonly stack: RunningStack
  readonly watchers: readonly Watcher[]
  /** What must have reached its owner. */
  readonly written: readonly Written[]
  /** Rows that somebody saw who might not any more, beside those that `select` does not return. */
  readonly tooLate?: readonly string[]
}

/** What must be nothing: whose, and which row. */
export interface Tally {
  readonly lost: readonly string[]
  readonly leaked: readonly string[]
}

/** Waits for what is on its way, counts and prints. Fails where so little was written that the counts say nothing. */
export async function tally(drill: string, { stack, watchers, written, tooLate = [] }: Scene): Promise<Tally> {
  const missing = (): readonly string[] =>
    watchers.flatMap(({ user, seen }) =>
      written.filter((row) => row.user === user && !seen.has(row.id)).map((row) => `${user} ${row.id}`),
    )
  const deadline = Date.now() + 15_000
  while (missing().length > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
  const lost = missing()
  const leaked = [...tooLate]
  for (const { user, seen } of watchers) {
    const visible = await visibleTo(stack, user)
    leaked.push(...[...seen].filter((id) => !visible.has(id)).map((id) => `${user} ${id}`))
  }
  console.log(`${drill}: ${written.length} changes, ${lost.length} lost, ${leaked.length} leaked`)
  if (written.length < 50) throw new Error('too little was written to tell')
  return { lost, leaked }
}

async function visibleTo(stack: RunningStack, user: string): Promise<ReadonlySet<number>> {
  const token = await tokenFor(stack.line('JWT_SECRET'), user, 60)
  const headers = { apikey: stack.line('PUBLISHABLE_KEY'), authorization: `Bearer ${token}` }
  const ids = new Set<number>()
  for (;;) {
    const answer = await fetch(`${stack.line('REST_URL')}/tasks?select=id&order=id&offset=${ids.size}`, { headers })
    const rows = (await answer.json()) as readonly { readonly id: number }[]
    if (rows.length === 0) return ids
    for (const { id } of rows) ids.add(id)
  }
}
