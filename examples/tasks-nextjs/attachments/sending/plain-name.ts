// Names of objects are letters, digits and a few signs; names of files are anything.

/** `Übersicht (1).png` is `Ubersicht (1).png`; what has no plain form is an underscore, and the name gets a mark of its own. */
export function plainName(fileName: string): string {
  const letters = fileName.normalize('NFKD').replaceAll(/\p{Mark}/gu, '')
  const plain = letters.replaceAll(/[^\w.!'() &$=@;:+,-]/gu, '_')
  return plain === letters ? plain : withMark(plain, markOf(fileName.normalize('NFC')))
}

/** Before the ending. */
function withMark(name: string, mark: string): string {
  const dot = name.lastIndexOf('.')
  const end = dot > 0 ? dot : name.length
  return `${name.slice(0, end)}-${mark}${name.slice(end)}`
}

/** FNV-1a: the same name has the same mark, and two of one length and script do not look alike. */
function markOf(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(36)
}
