// What an index is called that nobody named.

import type { NewIndex } from './index-input.ts'

/** What Postgres keeps of a name. Bytes. */
const LONGEST = 63

/** As Postgres would put it, cut where it would be too long. */
export function indexName({ table, columns, name }: NewIndex): string {
  if (name !== undefined) return name
  const ending = '_idx'
  const parts = [table, ...columns.map((column) => ('name' in column ? column.name : 'expr'))]
  let stem = parts.join('_')
  while (Buffer.byteLength(stem) > LONGEST - ending.length) stem = stem.replace(/.$/su, '')
  return `${stem}${ending}`
}
