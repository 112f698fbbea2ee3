// Reads Clerk's Backend API, page by page.

import { isObject } from '../../identity/verify/examination.ts'
import { Refusal } from '../../refusal/refusal.ts'

/** Where the Backend API is and the key to it. */
export interface ClerkSource {
  /** Without `/v1`. */
  readonly apiUrl: string
  readonly secretKey: string
  /** Ends the reading early. */
  readonly signal: AbortSignal
}

type Resource = Readonly<Record<string, unknown>>

const PAGE = 500
/** Milliseconds. */
const PATIENCE = 30_000

/** Everything of a list, the oldest first, so that what is made meanwhile comes last. Refuses `mirror.clerk-unavailable`. */
export async function* readAll(source: ClerkSource, path: string): AsyncGenerator<Resource> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await read(source, `${path}?limit=${PAGE}&offset=${offset}&order_by=%2Bcreated_at`)
    const items = Array.isArray(page) ? page : isObject(page) ? page['data'] : undefined
    if (!Array.isArray(items)) throw unavailable(source, `${path} is no list`)
    yield* items.filter(isObject)
    if (items.length < PAGE) return
  }
}

/** What stands at a path; null for a 404. Refuses `mirror.clerk-unavailable`. */
export async function read(source: ClerkSource, path: string): Promise<unknown> {
  const answer = await ask(source, path)
  if (answer.status === 404) {
    await answer.body?.cancel()
    return null
  }
  if (!answer.ok) throw unavailable(source, `${path} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
  return await answer.json()
}

async function ask(source: ClerkSource, path: string): Promise<Response> {
  try {
    return await fetch(`${source.apiUrl}/v1${path}`, {
      headers: { authorization: `Bearer ${source.secretKey}` },
      signal: AbortSignal.any([source.signal, AbortSignal.timeout(PATIENCE)]),
    })
  } catch (error) {
    const { message, cause } = error as Error
    throw unavailable(source, cause instanceof Error ? cause.message : message, error)
  }
}

function unavailable({ apiUrl: url }: ClerkSource, reason: string, cause?: unknown): Refusal {
  return new Refusal('mirror.clerk-unavailable', { url, reason }, { cause })
}
