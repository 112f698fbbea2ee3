// Bounds the nesting of a JSON body that is not looked at otherwise.

import { Refusal } from '../../../refusal/refusal.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** Refuses `request.limit-exceeded` where brackets outside strings nest deeper than `maximum`. Judges nothing else. */
export function requireDepth(raw: string, maximum: number): void {
  let depth = 0
  let inString = false
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at)
    if (code === QUOTE) inString = !inString
    else if (inString) at += code === BACKSLASH ? 1 : 0
    else if (OPENING.has(code)) depth += 1
    else if (CLOSING.has(code)) depth -= 1
    if (depth > maximum) throw new Refusal('request.limit-exceeded', { limit: 'json-depth', maximum })
  }
}
