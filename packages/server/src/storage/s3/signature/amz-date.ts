// Times as signatures write them: `20260102T030405Z`.

const FORM = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/

/** Milliseconds since 1970; null for a text of another form, or for no time at all. */
export function parseAmzDate(text: string): number | null {
  const [, year, month, day, hour, minute, second] = FORM.exec(text) ?? []
  if (second === undefined) return null
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? null : time
}
