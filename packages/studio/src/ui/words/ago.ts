// How long ago something was, in words.

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** `3 days ago`, `yesterday`, `just now`; both moments in Unix milliseconds. */
export function ago(moment: number, now: number): string {
  const seconds = Math.round((now - moment) / 1000)
  const fitting = units.find(([, length]) => Math.abs(seconds) >= length)
  if (fitting === undefined) return seconds < 10 ? 'just now' : `${seconds} seconds ago`
  return format.format(-Math.round(seconds / fitting[1]), fitting[0])
}
