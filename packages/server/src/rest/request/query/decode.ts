// Percent-decoding as web forms do it: `+` is a blank, a `%` without two hex digits stands for itself.

import { Refusal } from '../../../refusal/refusal.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** Bytes of a text as it came over the wire; node hands bytes above ASCII on as Latin-1. */
function decodedBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  let length = 0
  for (let index = 0; index < bytes.length; index++) {
    let byte = bytes[index] ?? 0
    const high = byte === 0x25 ? hexDigit(bytes[index + 1] ?? 0) : -1
    const low = high < 0 ? -1 : hexDigit(bytes[index + 2] ?? 0)
    if (low >= 0) {
      byte = high * 16 + low
      index += 2
    }
    bytes[length++] = byte
  }
  return bytes.subarray(0, length)
}

const plain = /^[\0-\x24\x26-\x7f]*$/
const beyondAscii = /[^\0-\x7f]/

/** What `decodeURIComponent` makes of the text; null where it holds anything but ASCII and well-formed escapes. */
function decodedQuickly(text: string): string | null {
  if (beyondAscii.test(text)) return null
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Decodes a segment of a path. Bytes that are no UTF-8 become U+FFFD, and so name nothing. */
export function decodeSegment(text: string): string {
  return plain.test(text) ? text : lenient.decode(decodedBytes(text))
}

/** Decodes a key or a value of a form. Refuses bytes that are no UTF-8 with `request.encoding-invalid`. */
export function decodeFormText(text: string, where: 'query' | 'body'): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (plain.test(spaced)) return spaced
  try {
    return decodedQuickly(spaced) ?? strict.decode(decodedBytes(spaced))
  } catch (cause) {
    throw new Refusal('request.encoding-invalid', { where }, { cause })
  }
}

/** A key, and its value where an `=` came. */
export type FormPair = readonly [key: string, value: string | null]

/** Splits a form at `&` and `;`. Refuses with `request.encoding-invalid`. */
export function splitForm(form: string, where: 'query' | 'body'): FormPair[] {
  const text = form.startsWith('?') ? form.slice(1) : form
  const pieces = text.split(text.includes(';') ? /[&;]/ : '&')
  if (pieces.at(-1) === '') pieces.pop()
  return pieces.map((piece): FormPair => {
    const equals = piece.indexOf('=')
    if (equals < 0) return [decodeFormText(piece, where), null]
    return [decodeFormText(piece.slice(0, equals), where), decodeFormText(piece.slice(equals + 1), where)]
  })
}
