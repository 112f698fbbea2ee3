// A request to the REST door as a command.

import { shellOf } from './quote.ts'
import type { Project } from './described.ts'

interface Request {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/rest/v1/`, with its query. */
  readonly path: string
  readonly schema: string
  readonly headers?: readonly string[]
  readonly body?: unknown
}

/** `curl` with the project's address and key; another schema than the first is asked for by its header. */
export function curlOf({ url, publishableKey }: Project, request: Request): string {
  const { method = 'GET', path, schema, headers = [], body } = request
  const profile = method === 'GET' ? 'accept-profile' : 'content-profile'
  const sent = [
    `apikey: ${publishableKey}`,
    ...(schema === 'public' ? [] : [`${profile}: ${schema}`]),
    ...(body === undefined ? [] : ['content-type: application/json']),
    ...headers,
  ]
  const target = shellOf(`${url}/rest/v1/${path}`)
  return [
    method === 'GET' ? `curl ${target}` : `curl -X ${method} ${target}`,
    ...sent.map((header) => `-H ${shellOf(header)}`),
    ...(body === undefined ? [] : [`-d ${shellOf(JSON.stringify(body))}`]),
  ].join(' \\\n  ')
}

/** One parameter of a query. */
export function parameter(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
}
