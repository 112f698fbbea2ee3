// Identifiers as somebody may see them who has not proven to be theirs: enough for their owner to recognise.

/** `a***@example.com`, `+********89`. */
export function maskedIdentifier(identifier: string): string {
  const at = identifier.lastIndexOf('@')
  if (at > 0) return `${identifier.slice(0, 1)}***${identifier.slice(at)}`
  if (identifier.startsWith('+')) return `+${'*'.repeat(Math.max(0, identifier.length - 3))}${identifier.slice(-2)}`
  return `${identifier.slice(0, 1)}***`
}
