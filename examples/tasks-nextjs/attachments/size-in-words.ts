const units = ['kilobyte', 'megabyte'] as const

/** `1 byte`, `1.5 kB`, `52.4 MB`. */
export function sizeInWords(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length)
  const unit = units[power - 1]
  if (unit === undefined) return inUnit(bytes, { unit: 'byte', unitDisplay: 'long' })
  return inUnit(bytes / 1000 ** power, { unit, maximumSignificantDigits: 3 })
}

function inUnit(amount: number, style: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat('en', { style: 'unit', ...style }).format(amount)
}
