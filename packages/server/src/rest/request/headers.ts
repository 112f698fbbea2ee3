// Headers and cookies as the settings of a transaction show them.

const beyondAscii = /[^\0-\x7f]/
const beyondLatin1 = /[^\0-\xff]/

/** The text of a header's bytes: UTF-8, which node hands on as Latin-1. Bytes that are none become U+FFFD. */
function readable(value: string): string {
  if (!beyondAscii.test(value) || beyondLatin1.test(value)) return value
  return Buffer.from(value, 'latin1').toString('utf8')
}

/** All headers but those without a value, their bytes read as UTF-8. */
export function readableHeaders(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const readableOnes: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) readableOnes[name] = readable(value)
  }
  return readableOnes
}

/** Reads a Cookie header. Values are taken as they stand; of one name, the last. */
export function parseCookies(header: string | undefined): Record<string, string> {
  if (header === undefined) return {}
  const pairs = header.split(';').map((piece): [string, string] => {
    const equals = piece.indexOf('=')
    return equals < 0 ? [piece.trimStart(), ''] : [piece.slice(0, equals).trimStart(), piece.slice(equals + 1)]
  })
  return Object.fromEntries(pairs.filter(([name]) => name !== ''))
}
