// What `tenon clerk backfill` asks of the running stack.

import type { BackfillResult } from '../../mirror/backfill/backfill.ts'
import { findRunning } from '../running/find-running.ts'
import { probe } from '../running/probe.ts'
import { sentencesOf } from '../running/sentences-of.ts'

/** Milliseconds; a large instance takes its time. */
const PATIENCE = 3_600_000

/** Brings the mirror up to date with Clerk; null where no stack runs. Rejects with what the stack answered. */
export async function backfillProject(stateDir: string): Promise<BackfillResult | null> {
  const running = await findRunning(stateDir)
  if (running === null) return null
  const { API_URL = '', SECRET_KEY = '' } = running.lines
  const url = `${API_URL}/platform/v1/clerk/mirror/backfill`
  const { status, text } = await probe(url, { apikey: SECRET_KEY }, { method: 'POST', patience: PATIENCE })
  if (status !== 200) throw new Error(`The backfill failed with ${status}: ${sentencesOf(text)}`)
  return JSON.parse(text) as BackfillResult
}
