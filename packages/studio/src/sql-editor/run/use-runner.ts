// Runs what a tab holds: asks first where something would be lost, and lets other screens read anew what was changed.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { request } from '../../api/request.ts'
import { useViewAs } from '../../view-as/view-as.ts'
import { refuseRun, type Run, type RunOrder, startRun } from './runs.ts'

export interface Danger {
  readonly kind: string
  readonly says: string
  readonly line: number
  /** A statement that takes the danger away, where there is one. */
  readonly fix: string | null
}

/** An order that waits for a yes. */
export interface Pending {
  readonly order: RunOrder
  readonly dangers: readonly Danger[]
}

interface Runner {
  readonly pending: Pending | null
  readonly run: (part: Part, explain?: RunOrder['explain']) => void
  /** The yes. */
  readonly confirm: () => void
  /** The yes, and what takes the dangers away with it. */
  readonly confirmFixed: () => void
  readonly dismiss: () => void
}

/** A stretch of the tab's text. */
interface Part {
  readonly text: string
  readonly from: number
  /** The whole text it is part of. */
  readonly whole: string
}

interface Settings {
  readonly limit: number
  readonly readOnly: boolean
}

export function useRunner(tabId: string, { limit, readOnly }: Settings): Runner {
  const viewAs = useViewAs()
  const client = useQueryClient()
  const [pending, setPending] = useState<Pending | null>(null)

  const start = async (order: RunOrder): Promise<void> => {
    const finished = await startRun(tabId, order)
    if (changedSomething(finished)) await client.invalidateQueries()
  }
  const ask = async (order: RunOrder): Promise<void> => {
    const dangers = order.readOnly || order.explain !== null ? [] : await inspect(order.sql)
    if (dangers.length > 0) setPending({ order, dangers })
    else await start(order)
  }
  return {
    pending,
    run: ({ text, from, whole }, explain = null) => {
      const linesBefore = whole.slice(0, from).split('\n').length - 1
      const order = { sql: text, from, linesBefore, viewAs, limit, readOnly, explain }
      ask(order).catch((error: unknown) => refuseRun(tabId, order, error))
    },
    confirm: () => {
      if (pending !== null) void start(pending.order)
      setPending(null)
    },
    confirmFixed: () => {
      if (pending !== null) void start(withFixes(pending))
      setPending(null)
    },
    dismiss: () => setPending(null),
  }
}

/** Behind the text, on lines of their own: it may end in a comment, and the places of errors in it stay right. */
function withFixes({ order, dangers }: Pending): RunOrder {
  const fixes = dangers.flatMap(({ fix }) => (fix === null ? [] : [`${fix};`]))
  return { ...order, sql: [order.sql, ';', ...fixes].join('\n') }
}

async function inspect(sql: string): Promise<readonly Danger[]> {
  return (await request<{ dangers: readonly Danger[] }>('POST', '/platform/v1/query/inspect', { sql })).dangers
}

/** Whatever is no plain reading may have. */
function changedSomething(run: Run): boolean {
  if (run.kind !== 'answered' || run.answer.outcome === 'rolled-back') return false
  return run.answer.results.some(({ tag }) => tag !== null && !/^(SELECT|SHOW|EXPLAIN|SET)\b/.test(tag))
}
