// The order of numbers as Postgres prints them, exact at any size: `NaN` is the greatest and equal to itself.

/** Below, at or above 0, as `left` stands to `right`: integers and `numeric`. */
export function compareDecimals(left: string, right: string): number {
  if (left === right) return 0
  const special = rankOf(left) - rankOf(right)
  if (special !== 0 || rankOf(left) !== 0) return special
  const isNegative = left.startsWith('-')
  if (isNegative !== right.startsWith('-')) return isZero(left) && isZero(right) ? 0 : isNegative ? -1 : 1
  const size = compareMagnitudes(isNegative ? left.slice(1) : left, isNegative ? right.slice(1) : right)
  return isNegative ? -size : size
}

/** The same for `float4` and `float8`, which know both zeros as equal. */
export function compareFloats(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)]
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a === b ? 0 : a < b ? -1 : 1
}

function rankOf(text: string): number {
  return text === 'NaN' ? 2 : text === 'Infinity' ? 1 : text === '-Infinity' ? -1 : 0
}

function isZero(text: string): boolean {
  return !/[1-9]/.test(text)
}

function compareMagnitudes(left: string, right: string): number {
  const [wholeLeft = '', partLeft = ''] = left.split('.')
  const [wholeRight = '', partRight = ''] = right.split('.')
  const digits = wholeLeft.length - wholeRight.length
  if (digits !== 0) return digits
  const places = Math.max(partLeft.length, partRight.length)
  return compareText(wholeLeft + partLeft.padEnd(places, '0'), wholeRight + partRight.padEnd(places, '0'))
}

/** By code units; for text of one alphabet that sorts as its bytes do. */
export function compareText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1
}
