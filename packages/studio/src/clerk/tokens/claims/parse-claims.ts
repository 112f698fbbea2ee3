// Claims as somebody writes them: one JSON object.

export type Claims = Readonly<Record<string, unknown>>

/** The claims, or what is wrong with the text in a sentence. */
export type ParsedClaims =
  | { readonly claims: Claims; readonly problem?: undefined }
  | { readonly claims: null; readonly problem: string }

/** Reads the text of an editor. Refuses what is no JSON object, and names that are `reserved`. */
export function parseClaims(text: string, reserved: readonly string[]): ParsedClaims {
  const value = parseJson(text.trim() === '' ? '{}' : text)
  if ('problem' in value) return { claims: null, problem: value.problem }
  const { json } = value
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { claims: null, problem: 'Claims are one JSON object: { "name": value }.' }
  }
  const taken = Object.keys(json).find((name) => reserved.includes(name))
  if (taken !== undefined) {
    return { claims: null, problem: `“${taken}” is a default claim, which cannot be set here. Take it out.` }
  }
  return { claims: json as Claims }
}

/** The text an editor shows for claims. */
export function printClaims(claims: Claims): string {
  return JSON.stringify(claims, null, 2)
}

function parseJson(text: string): { readonly json: unknown } | { readonly problem: string } {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    return { problem: `This is not JSON: ${placeOf(text, error instanceof Error ? error.message : '')}` }
  }
}

/** Browsers say `at position 12` or `at line 2 column 3`; people count lines. */
function placeOf(text: string, message: string): string {
  const position = /at position (\d+)/.exec(message)?.[1]
  const said = message.replace(/^JSON\.parse: /, '').replace(/,? ?(in JSON )?at (position|line) .*$/s, '')
  if (position === undefined) return `${message}.`
  const before = text.slice(0, Number(position)).split('\n')
  return `${said}, in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`
}
