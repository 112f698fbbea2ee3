// The name under which a request is found in every log.

import { randomUUID } from 'node:crypto'

const SANE = /^[\w.:/=+-]{1,128}$/

/** The caller's own `x-request-id` where it is short and plain, otherwise a new one. */
export function requestId(shown: string | string[] | undefined): string {
  return typeof shown === 'string' && SANE.test(shown) ? shown : randomUUID()
}
