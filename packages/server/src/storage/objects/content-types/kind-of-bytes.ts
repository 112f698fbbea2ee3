// What bytes are, by what stands at their beginning.

import { fileTypeFromBuffer } from 'file-type'

/** So many bytes tell a kind, where they tell one. */
export const TELLING = 4100

/** As browsers know a page (WHATWG MIME Sniffing §7.1), whitespace and a byte order mark before it. */
const PAGE =
  /^\uFEFF?\s*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)(?:[\s>]|$)/i

/**
 * The media type, or null where there is none to tell. Text has no kind, though it may begin as a picture or a program does
 * (`BM`, `MZ`): only a page is found in it, and a script by its first line.
 */
export async function kindOf(head: Buffer): Promise<string | null> {
  if (!isText(head)) return (await fileTypeFromBuffer(head))?.mime ?? null
  const text = head.toString()
  if (PAGE.test(text)) return 'text/html'
  return text.startsWith('#!') ? 'application/x-sh' : null
}

const LEAST_PRINTABLE = 0x20
const WHITESPACE = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b])

function isText(head: Buffer): boolean {
  return head.every((byte) => byte >= LEAST_PRINTABLE || WHITESPACE.has(byte)) && isUtf8(head)
}

/** A character that is cut off at the end of the head is one. */
function isUtf8(head: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
