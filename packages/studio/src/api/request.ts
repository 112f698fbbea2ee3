// The one way to the server: JSON to documented endpoints, refusals as values that a screen can show.

import { tellSession } from './session.ts'

/**
 * The server said no, or did not answer (`status` 0). The members are those of PostgREST's error body; `param` is the
 * parameter at fault, which Clerk's form tells.
 */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly status: number
  readonly code: string
  readonly details: string | null
  readonly hint: string | null
  /** The whole body, for refusals that carry more. */
  readonly body: Readonly<Record<string, unknown>>
  readonly param: string | null

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(textOr(body['message'], `The server answered ${status}.`))
    this.status = status
    this.body = body
    this.code = textOr(body['code'], '')
    this.details = textOr(body['details'], null)
    this.hint = textOr(body['hint'], null)
    this.param = textOr(body['param'], null)
  }
}

const UNREACHABLE = {
  message: 'The server cannot be reached.',
  hint: 'What you typed is still here. Once the server runs again, the same press works.',
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Sends to `path` of this origin; the answer's JSON, undefined where there is none. Throws RequestRefused. */
export async function request<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const response = await send(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/**
 * `fetch` with the session of this page, for bodies that are no JSON. The header is what a form of another site cannot
 * send. Throws RequestRefused; where the session is over, the page says so and keeps what was typed.
 */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('x-tenon-studio', '1')
  const response = await fetch(path, { ...init, headers, credentials: 'same-origin' }).catch(() => {
    throw new RequestRefused(0, UNREACHABLE)
  })
  if (response.ok) return response
  const refused = new RequestRefused(response.status, await bodyOf(response))
  if (refused.code === 'studio.session-required') tellSession('over')
  throw refused
}

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body = recordOf(await response.json())
    return Array.isArray(body['errors']) ? fromClerk(recordOf(body['errors'][0])) : body
  } catch {
    return {}
  }
}

/** The first of the `errors` that a Clerk instance answers with. */
function fromClerk(error: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { code, message, long_message: longer, meta } = error
  return { code, message: textOr(longer, message), param: recordOf(meta)['param_name'] }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOr<Otherwise>(value: unknown, otherwise: Otherwise): string | Otherwise {
  return typeof value === 'string' ? value : otherwise
}
