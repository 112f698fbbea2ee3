// Header values as HTTP sends them. Names of relations and keys may be any text; on the wire a value is bytes,
// here UTF-8, which node takes as one character a byte.

/** The value's UTF-8 bytes, each as a character up to U+00FF. */
export function headerBytes(value: string): string {
  return /^[\t\x20-\x7e]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1')
}
