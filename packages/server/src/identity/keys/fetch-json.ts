// Reads one small JSON document over HTTP from an address the configuration or an issuer's discovery document
// gave: https only (http on loopback), no redirects, bounded in time and size.

import { isLoopbackUrl } from './loopback.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

const timeoutMilliseconds = 10_000
const maximumBytes = 512 * 1024

/** Why a document could not be had. `status` is the HTTP status where there was an answer. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
  readonly url: string
  readonly status: number | null

  constructor(url: string, reason: string, status: number | null = null, cause?: unknown) {
    super(reason, { cause })
    this.url = url
    this.status = status
  }
}

/** Gets `url` as a JSON object. Throws FetchFailure, nothing else. */
export async function fetchJson(url: string, fetch: Fetch): Promise<Readonly<Record<string, unknown>>> {
  const parsed = URL.parse(url)
  if (parsed === null || (parsed.protocol !== 'https:' && !isLoopbackUrl(parsed))) {
    throw new FetchFailure(url, 'not an https URL')
  }
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new FetchFailure(url, `HTTP status ${response.status}`, response.status)
    }
    return parseObject(url, await readBounded(url, response))
  } catch (thrown) {
    throw thrown instanceof FetchFailure ? thrown : new FetchFailure(url, reasonOf(thrown), null, thrown)
  }
}

async function readBounded(url: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maximumBytes) throw new FetchFailure(url, `answer larger than ${maximumBytes} bytes`, response.status)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseObject(url: string, text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new FetchFailure(url, 'answer is not JSON', 200, cause)
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    return parsed as Readonly<Record<string, unknown>>
  }
  throw new FetchFailure(url, 'answer is not a JSON object', 200)
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  if (thrown.name === 'TimeoutError') return `no answer within ${timeoutMilliseconds / 1000} seconds`
  const { cause } = thrown
  return cause instanceof Error && cause.message !== '' ? cause.message : thrown.message
}
