// What a refusal of the database means to whoever runs the door.

import { type AnyRefusal, isRefusal } from '../../../refusal/refusal.ts'
import { renderPostgrest } from '../../../refusal/render-postgrest.ts'

export interface SaidRefusal {
  readonly status: number
  /** The whole JSON body, whatever clients are shown of it. */
  readonly said: string
}

/** Anything that is no refusal is told by its message. */
export function sayRefusal(thrown: unknown): SaidRefusal {
  if (!isRefusal(thrown)) return { status: 500, said: String(thrown) }
  const { status, body } = renderPostgrest(thrown, { anonymousRole: null, verbosity: 'verbose', explain: false })
  return { status, said: body }
}

/** No connection could be made, or it broke. */
export function isOutOfReach(thrown: unknown): thrown is AnyRefusal {
  return isRefusal(thrown) && (thrown.code === 'postgres.unreachable' || thrown.code === 'postgres.connection-lost')
}

const noPassword = /password must be a string|no password supplied/

/** The password is wrong or missing: trying again will not help. */
export function isPasswordRefused(thrown: unknown): boolean {
  if (!isOutOfReach(thrown)) return false
  const cause = thrown.cause as { readonly code?: unknown; readonly message?: unknown } | undefined
  return cause?.code === '28P01' || noPassword.test(String(cause?.message))
}
