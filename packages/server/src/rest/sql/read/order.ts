// ORDER BY, LIMIT and OFFSET.

import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { OrderBy } from '../../plan/tree/read-tree.ts'
import type { Range } from '../../request/api-request.ts'
import type { Parameters } from '../parameters.ts'
import { fieldSql } from './field.ts'

/** ` ORDER BY …`, or nothing. */
export function orderSql(of: Sql, terms: readonly OrderBy[], parameters: Parameters): Sql {
  if (terms.length === 0) return sql``
  const pieces = terms.map((term) => termSql(of, term, parameters))
  return sql` ORDER BY ${join(pieces, sql`, `)}`
}

/** ` LIMIT … OFFSET …`, or nothing for all rows. */
export function rangeSql({ offset, limit }: Range, parameters: Parameters): Sql {
  if (offset === 0 && limit === null) return sql``
  const most = limit === null ? sql`ALL` : parameters.add(String(limit))
  return sql` LIMIT ${most} OFFSET ${parameters.add(String(offset))}`
}

function termSql(of: Sql, { joinAlias, field, direction, nulls }: OrderBy, parameters: Parameters): Sql {
  const value = fieldSql(joinAlias === null ? of : identifier(joinAlias), field, parameters)
  const directed = direction === null ? value : direction === 'asc' ? sql`${value} ASC` : sql`${value} DESC`
  if (nulls === null) return directed
  return nulls === 'first' ? sql`${directed} NULLS FIRST` : sql`${directed} NULLS LAST`
}
