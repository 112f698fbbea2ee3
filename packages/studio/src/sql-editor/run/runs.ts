// The last run of each tab. They go on while another screen is open.

import { useSyncExternalStore } from 'react'

import { request } from '../../api/request.ts'
import { runAs, type ViewAs } from '../../view-as/view-as.ts'
import type { RunAnswer } from './run-answer.ts'

export interface RunOrder {
  readonly sql: string
  /** Where in the tab's text it begins: the selection alone may have been run. */
  readonly from: number
  /** Lines of the tab's text before that. */
  readonly linesBefore: number
  readonly viewAs: ViewAs | null
  readonly limit: number
  readonly readOnly: boolean
  readonly explain: 'plan' | 'analyze' | null
}

export type Run =
  | { readonly kind: 'running'; readonly id: string; readonly order: RunOrder; readonly since: number }
  | { readonly kind: 'answered'; readonly order: RunOrder; readonly answer: RunAnswer }
  | { readonly kind: 'refused'; readonly order: RunOrder; readonly error: unknown }

/** Milliseconds that a statement may take: whoever does not want to wait cancels it. */
const PATIENCE = 600_000

const listeners = new Set<() => void>()
const runs = new Map<string, Run>()

/** Undefined until the tab runs something. */
export function useRun(tabId: string): Run | undefined {
  return useSyncExternalStore(subscribe, () => runs.get(tabId))
}

/** Runs it in place of the tab's last; returns when there is an answer, of whatever kind. */
export async function startRun(tabId: string, order: RunOrder): Promise<Run> {
  const id = crypto.randomUUID()
  set(tabId, { kind: 'running', id, order, since: Date.now() })
  const { sql, viewAs, limit, readOnly, explain } = order
  const finished = await request<RunAnswer>('POST', '/platform/v1/query', {
    id,
    sql,
    as: runAs(viewAs),
    limit,
    readOnly,
    explain,
    timeout: PATIENCE,
  }).then(
    (answer): Run => ({ kind: 'answered', order, answer }),
    (error: unknown): Run => ({ kind: 'refused', order, error }),
  )
  const now = runs.get(tabId)
  if (now?.kind === 'running' && now.id === id) set(tabId, finished)
  return finished
}

/** It cannot even be begun. */
export function refuseRun(tabId: string, order: RunOrder, error: unknown): void {
  set(tabId, { kind: 'refused', order, error })
}

/** Its answer says what became of it. */
export async function cancelRun(id: string): Promise<void> {
  await request('POST', '/platform/v1/query/cancel', { id })
}

export function forgetRun(tabId: string): void {
  runs.delete(tabId)
}

function set(tabId: string, run: Run): void {
  runs.set(tabId, run)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
