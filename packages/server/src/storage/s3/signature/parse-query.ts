// The query of a request as signatures see it: every pair, in the order in which it came.

export interface QueryPair {
  readonly name: string
  readonly value: string
}

/** Takes apart what stands behind `?`. What is no percent-encoding stays as it is. */
export function parseQuery(url: string): readonly QueryPair[] {
  const start = url.indexOf('?')
  if (start === -1) return []
  return url
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals === -1
        ? { name: decode(pair), value: '' }
        : { name: decode(pair.slice(0, equals)), value: decode(pair.slice(equals + 1)) }
    })
}

export function valueOf(query: readonly QueryPair[], name: string): string | null {
  return query.find((pair) => pair.name === name)?.value ?? null
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/** As RFC 3986 and AWS encode: everything but letters, digits and `-._~`. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
