// The beginning of a file, read to show what an import would make of it. The server reads the whole for itself.

export type Delimiter = ',' | ';' | '\t'

/** The separator of the first line: whichever comes most often outside of quotes. */
export function delimiterOf(text: string): Delimiter {
  const line = /^(?:"[^"]*"|[^"\r\n])*/.exec(text.replace(/^\uFEFF/, ''))?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const count = (delimiter: string): number => line.split(delimiter).length
  const candidates: readonly Delimiter[] = [',', ';', '\t']
  return candidates.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best))
}

/** Up to `most` records; an empty field that is not quoted is null. */
export function parseCsv(text: string, delimiter: Delimiter, most: number): readonly (readonly (string | null)[])[] {
  const source = text.replace(/^\uFEFF/, '')
  const separator = delimiter === '\t' ? '\\t' : delimiter
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|\\r|$)`, 'y')
  const records: (string | null)[][] = []
  let record: (string | null)[] = []
  while (records.length < most && field.lastIndex < source.length) {
    const found = field.exec(source)
    if (found === null) break
    const [, quoted, plain = '', end] = found
    record.push(quoted === undefined ? (plain === '' ? null : plain) : quoted.replaceAll('""', '"'))
    if (end === delimiter && field.lastIndex < source.length) continue
    if (end === delimiter) record.push(null)
    records.push(record)
    record = []
  }
  return records
}
