// Moments, as people read them.

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** A moment in Unix milliseconds, in the reader's own time; a dash for none. */
export function timeOf(moment: number | null): string {
  return moment === null ? '–' : format.format(moment)
}
