// A request's target as path and query, raw.

export interface Target {
  /** Still percent-encoded, with its leading slash. */
  readonly path: string
  /** Without `?`; empty where there is none. */
  readonly query: string
}

const ABSOLUTE = /^https?:\/\/[^/?]*/i

/** Splits at the first `?`. A proxy's absolute form loses its authority (RFC 9112 §3.2.2). */
export function splitTarget(target: string): Target {
  const local = target.startsWith('/') ? target : target.replace(ABSOLUTE, '')
  const mark = local.indexOf('?')
  if (mark === -1) return { path: local === '' ? '/' : local, query: '' }
  return { path: mark === 0 ? '/' : local.slice(0, mark), query: local.slice(mark + 1) }
}

/** The value of one query parameter, decoded; undefined where it is absent or cannot be decoded. */
export function queryParameter(query: string, name: string): string | undefined {
  if (!query.includes(name)) return undefined
  return new URLSearchParams(query).get(name) ?? undefined
}
