// What a client keeps with an object, as headers.

const VISIBLE = /^[\x20-\x7e]*$/
const NAME = /^[\w!#$%&'*+.^`|~-]+$/

/** What cannot stand in a header is counted in `x-amz-missing-meta`, as S3 does. */
export function metadataHeaders(metadata: Readonly<Record<string, unknown>> | null): Record<string, string> {
  const entries = Object.entries(metadata ?? {})
  const shown = entries.filter(
    (entry): entry is [string, string] => NAME.test(entry[0]) && typeof entry[1] === 'string' && VISIBLE.test(entry[1]),
  )
  const missing = entries.length - shown.length
  return {
    ...Object.fromEntries(shown.map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value])),
    ...(missing > 0 && { 'x-amz-missing-meta': `${missing}` }),
  }
}
