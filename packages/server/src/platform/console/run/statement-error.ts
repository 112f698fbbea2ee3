// An error of Postgres', placed in the text the person sent.

import type { DatabaseError } from 'pg'

import type { StatementError } from './run-answer.ts'
import { positionOfCharacter } from './text-position.ts'

/** Where the failing statement stands in the text, and how much was put before it. */
interface Placement {
  readonly text: string
  readonly start: number
  readonly prefix: number
}

type PlacedError = Omit<StatementError, 'statement' | 'notices' | 'cancelled'>

/** `placement` is null where the error belongs to no statement. */
export function readError(error: DatabaseError, placement: Placement | null): PlacedError {
  const { position } = error
  return {
    sqlstate: error.code ?? 'XX000',
    message: error.message,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    position:
      placement === null || position === undefined
        ? null
        : positionOfCharacter(placement.text, placement.start, Number(position), placement.prefix),
    context: contextOf(error),
  }
}

/** Within a function, Postgres counts in the text of the function's own statement. */
function contextOf({ internalQuery, where }: DatabaseError): string | null {
  const parts = [internalQuery, where].filter((part) => part !== undefined)
  return parts.length === 0 ? null : parts.join('\n')
}
