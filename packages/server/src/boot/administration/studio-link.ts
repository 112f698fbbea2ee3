// What `tenon studio` asks of the running stack.

import { findRunning } from '../running/find-running.ts'
import { probe } from '../running/probe.ts'
import { sentencesOf } from '../running/sentences-of.ts'

/** A link into Studio that signs in once; null where no stack runs. Rejects with what the stack answered. */
export async function studioLink(stateDir: string): Promise<{ readonly url: string } | null> {
  const running = await findRunning(stateDir)
  if (running === null) return null
  const { API_URL = '', SECRET_KEY = '' } = running.lines
  const url = `${API_URL}/platform/v1/studio/links`
  const { status, text } = await probe(url, { apikey: SECRET_KEY }, { method: 'POST' })
  if (status === 200) return JSON.parse(text) as { url: string }
  const otherwise = `The link could not be made (${status}): ${sentencesOf(text)}`
  throw new Error(status === 404 ? 'Studio is not served here: [studio] enabled says no.' : otherwise)
}
