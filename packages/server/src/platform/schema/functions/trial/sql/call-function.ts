// A call of a function with values that a person typed.

import { identifier, join, qualified, type Sql, sql } from '../../../../../database/sql.ts'
import { asWritten } from '../../../../database/sql/as-written.ts'
import type { FunctionShown } from '../../read-functions.ts'

/** One value for each argument that is given; the others have defaults. */
export interface GivenArgument {
  /** Among all that it takes, counting from 0. */
  readonly place: number
  readonly name: string
  readonly type: string
  readonly variadic: boolean
}

/** `$1`, `$2` … are the given ones in their order, as text. At most `limit` rows. */
export function callFunction(called: FunctionShown, given: readonly GivenArgument[], limit: number): Sql {
  const call = sql`${qualified(called)}(${argumentsText(given)})`
  const most = asWritten(String(limit))
  // A record without OUT arguments has no columns that a FROM could name.
  const anonymous =
    /^(setof )?record$/i.test(called.returns ?? '') && called.arguments.every(({ mode }) => mode === 'in')
  if (anonymous) return sql`select ${call} as ${identifier(called.name)} limit ${most}`
  return sql`select * from ${call} limit ${most}`
}

/**
 * By place where none is left out between them, as that finds every function; else by name. The type is Postgres' own
 * spelling of it.
 */
function argumentsText(given: readonly GivenArgument[]): Sql {
  const inPlace = given.every(({ place }, index) => place === index)
  const texts = given.map(({ name, type, variadic }, index) => {
    const value = asWritten(`$${index + 1}::${type}`)
    const told = inPlace ? value : sql`${identifier(name)} => ${value}`
    return variadic ? sql`variadic ${told}` : told
  })
  return join(texts, sql`, `)
}
