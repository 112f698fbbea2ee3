// What an endpoint of the Backend API is handed, and what it is.

import type { Instance } from '../state/instance/instance.ts'
import type { Store } from '../state/database/store.ts'
import type { Query } from '../parameters/query.ts'

/** A request whose secret key named an instance. */
export interface BackendRequest {
  readonly instance: Instance
  readonly store: Store
  /** Values of the path's `:names`. */
  readonly path: Readonly<Record<string, string>>
  readonly query: Query
  /** The parsed JSON body; read it through `requireBody`. */
  readonly body: unknown
  /** The `Origin` of the request, if it has one. */
  readonly origin: string | null
}

/** One endpoint. What `answer` resolves to becomes the JSON body; `undefined` becomes 204. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Under `/v1`, with Fastify's `:name` for parameters. */
  readonly path: string
  readonly answer: (request: BackendRequest) => Promise<unknown>
  /** The SDK leaves `/v1` out. */
  readonly unversioned?: true
}

/** The value of a path parameter. */
export function pathValue(request: BackendRequest, name: string): string {
  return request.path[name] ?? ''
}
