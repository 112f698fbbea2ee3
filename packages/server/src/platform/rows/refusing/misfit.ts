// Postgres does not say which column a value is too long or too large for.

import type { Written } from './tell-column.ts'

const TOO_LONG = '22001'
const TOO_LARGE = '22003'

/** The first column whose declared size the value to be written exceeds. */
export function misfit({ relation, values }: Written, sqlstate: string): string | undefined {
  const sizes = relation.columns.map(({ name, type, base }) => ({ name, base, size: sizeOf(type) }))
  return sizes.find(({ name, base, size }) => {
    const value = values[name]
    if (size === null || value === null || value === undefined) return false
    if (sqlstate === TOO_LONG)
      return (base === 'varchar' || base === 'bpchar') && Array.from(value).length > size.length
    return sqlstate === TOO_LARGE && base === 'numeric' && wholeDigits(value) > size.length - size.scale
  })?.name
}

/** `character varying(40)` and `numeric(8,2)`. */
function sizeOf(type: string): { readonly length: number; readonly scale: number } | null {
  const found = /\((\d+)(?:,(\d+))?\)/.exec(type)
  return found === null ? null : { length: Number(found[1]), scale: Number(found[2] ?? 0) }
}

function wholeDigits(value: string): number {
  return /^\s*[+-]?0*(\d*)/.exec(value)?.[1]?.length ?? 0
}
