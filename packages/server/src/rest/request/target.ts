// What a request is about and what it does: path, method and profile headers.

import { Refusal } from '../../refusal/refusal.ts'
import type { Action, Target } from './api-request.ts'
import { decodeSegment } from './query/decode.ts'
import type { RequestConfig, RootMode } from './request-config.ts'

function rootTarget(root: RootMode): Target {
  switch (root.kind) {
    case 'describe':
      return { kind: 'root' }
    case 'routine':
      return { kind: 'routine', name: root.name }
    case 'disabled':
      throw new Refusal('request.root-disabled', {})
  }
}

/** Reads a raw path. Refuses with `request.path-invalid`, `request.root-disabled`. */
export function parsePath(path: string, root: RootMode): Target {
  if (path === '' || path === '/') return rootTarget(root)
  const [first = '', second, ...deeper] = (path.startsWith('/') ? path.slice(1) : path).split('/').map(decodeSegment)
  if (second === undefined) return { kind: 'relation', name: first }
  if (first === 'rpc' && deeper.length === 0) return { kind: 'routine', name: second }
  throw new Refusal('request.path-invalid', {})
}

function relationAction(method: string): Action | null {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return { kind: 'read', headersOnly: method === 'HEAD' }
    case 'POST':
      return { kind: 'insert' }
    case 'PUT':
      return { kind: 'upsert-one' }
    case 'PATCH':
      return { kind: 'update' }
    case 'DELETE':
      return { kind: 'delete' }
    case 'OPTIONS':
      return { kind: 'options' }
    default:
      return null
  }
}

function routineAction(method: string): Action | null {
  switch (method) {
    case 'GET':
      return { kind: 'call', by: 'get' }
    case 'HEAD':
      return { kind: 'call', by: 'head' }
    case 'POST':
      return { kind: 'call', by: 'post' }
    case 'OPTIONS':
      return { kind: 'options' }
    default:
      return null
  }
}

function rootAction(method: string): Action | null {
  if (method === 'OPTIONS') return { kind: 'options' }
  return method === 'GET' || method === 'HEAD' ? { kind: 'describe', headersOnly: method === 'HEAD' } : null
}

/** Refuses with `request.method-unsupported`, `request.rpc-method-unsupported`. */
export function actionFor(target: Target, method: string): Action {
  switch (target.kind) {
    case 'relation': {
      const action = relationAction(method)
      if (action !== null) return action
      break
    }
    case 'routine': {
      const action = routineAction(method)
      if (action === null) throw new Refusal('request.rpc-method-unsupported', { method })
      return action
    }
    case 'root': {
      const action = rootAction(method)
      if (action !== null) return action
    }
  }
  throw new Refusal('request.method-unsupported', { method })
}

const writingMethods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export interface ChosenSchema {
  readonly schema: string
  readonly profileNegotiated: boolean
}

/** The profile header of the method decides, else the first exposed schema. Refuses with `request.schema-unknown`. */
export function chooseSchema(
  method: string,
  headers: Readonly<Record<string, string | undefined>>,
  { schemas }: RequestConfig,
): ChosenSchema {
  const profile = headers[writingMethods.has(method) ? 'content-profile' : 'accept-profile']
  if (profile === undefined) return { schema: schemas[0] ?? '', profileNegotiated: schemas.length !== 1 }
  if (!schemas.includes(profile)) throw new Refusal('request.schema-unknown', { schema: profile, exposed: schemas })
  return { schema: profile, profileNegotiated: true }
}
