// A person's own SQL where a statement has room for one expression: a policy's condition, a column's default.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Sql } from '../../../database/sql.ts'
import { sql } from '../../../database/sql.ts'
import { problemOfExpression } from './expression-problem.ts'

/**
 * The text in brackets, on lines of its own, so that a comment at its end comments nothing else out. `place` is what the
 * person filled in, such as `USING`. Refuses `platform.expression-invalid` where the text could end the bracket it stands
 * in; whether it is SQL at all, Postgres says. Run it with `session.execute`, which takes one statement alone.
 */
export function bracketed(place: string, text: string): Sql {
  const reason = problemOfExpression(text)
  if (reason !== null) throw new Refusal('platform.expression-invalid', { place, reason })
  return sql`(\n  ${text.trim() as Sql}\n)`
}
