// Dates and times as Postgres prints them in ISO style, as numbers that keep their order.

const MOMENT =
  /^(?<year>\d{4,})-(?<month>\d\d)-(?<day>\d\d)(?: (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,6}))?)?(?:(?<sign>[+-])(?<zoneHour>\d\d)(?::(?<zoneMinute>\d\d))?(?::(?<zoneSecond>\d\d))?)?(?<era> BC)?$/

/** Microseconds since 1970, of a date, a timestamp or a timestamp with its zone; null for a text that is none of these. */
export function microsecondsOf(text: string): bigint | null {
  if (text === 'infinity') return 1n << 80n
  if (text === '-infinity') return -(1n << 80n)
  const groups = MOMENT.exec(text)?.groups
  if (groups === undefined) return null
  const number = (name: string): number => Number(groups[name] ?? 0)
  const year = groups['era'] === undefined ? number('year') : 1 - number('year')
  const days = daysSince1970(year, number('month'), number('day'))
  const local = days * 86_400 + number('hour') * 3600 + number('minute') * 60 + number('second')
  const zone = number('zoneHour') * 3600 + number('zoneMinute') * 60 + number('zoneSecond')
  const seconds = groups['sign'] === '-' ? local + zone : local - zone
  return BigInt(seconds) * 1_000_000n + BigInt((groups['fraction'] ?? '').padEnd(6, '0'))
}

// The proleptic Gregorian calendar, which `Date` does not know as far as Postgres does.
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
