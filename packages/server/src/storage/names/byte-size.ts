// Sizes as people write them.

const FORM = /^\s*(\d+(?:\.\d+)?)\s*(b|[kmgtp]b|[kmgtp]ib|[kmgtp])?\s*$/i
const POWERS = 'kmgtp'

/**
 * Bytes of `52428800`, `1.5 MB`, `50MiB`; null for a text of another form. `MB` is decimal, as upstream reads it in a bucket,
 * and `MiB` is binary.
 */
export function parseByteSize(text: string): number | null {
  const [, digits, unit = 'b'] = FORM.exec(text) ?? []
  if (digits === undefined) return null
  const lower = unit.toLowerCase()
  const power = POWERS.indexOf(lower.charAt(0)) + 1
  const base = lower.endsWith('ib') ? 1024 : 1000
  const bytes = Math.round(Number(digits) * base ** power)
  return Number.isSafeInteger(bytes) ? bytes : null
}
