// What a body's media type is called in Content-Type.

const builtIn = new Set([
  'application/json',
  'application/geo+json',
  'application/openapi+json',
  'application/x-www-form-urlencoded',
  'text/csv',
  'text/plain',
  'text/xml',
])

/** `Content-Type` of a body of this type: UTF-8 where we know it is text; a type that SQL invented gets no charset. */
export function contentType(mediaType: string): string {
  const isText =
    builtIn.has(mediaType) || mediaType.startsWith('application/vnd.pgrst.') || mediaType.endsWith(';version=3.1')
  return isText ? `${mediaType}; charset=utf-8` : mediaType
}
