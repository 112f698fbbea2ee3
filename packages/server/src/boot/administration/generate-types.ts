// What `tenon gen types` asks of the running stack.

import { findRunning } from '../running/find-running.ts'
import { probe } from '../running/probe.ts'
import { sentencesOf } from '../running/sentences-of.ts'

/**
 * The project's type definitions as a TypeScript file; those of the exposed schemas where none is named. Null where no
 * stack runs; rejects with what the stack answered.
 */
export async function generateTypes(stateDir: string, schemas: readonly string[]): Promise<string | null> {
  const running = await findRunning(stateDir)
  if (running === null) return null
  const { API_URL = '', SECRET_KEY = '' } = running.lines
  const query = schemas.length === 0 ? '' : `?${new URLSearchParams({ schemas: schemas.join(',') }).toString()}`
  const { status, text } = await probe(`${API_URL}/platform/v1/types/typescript${query}`, { apikey: SECRET_KEY })
  if (status === 200) return text
  throw new Error(`The types could not be read (${status}): ${sentencesOf(text)}`)
}
