// Sizes and numbers as people read them.

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** Such as `16 kB`; a dash where it is not known. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return '–'
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : Number(size.toFixed(1))} ${units[unit]}`
}

/** Such as `1,000`; a dash where it is not known. */
export function countText(count: number | null): string {
  return count === null ? '–' : Math.round(count).toLocaleString('en')
}

/** Such as `1 row` and `1,000 rows`; `many` where it is not `one` with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`
}
