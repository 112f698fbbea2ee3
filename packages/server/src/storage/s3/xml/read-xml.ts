// Bodies of requests in XML: small, without document types, and nothing in them is guessed to be a number.

import { XMLParser } from 'fast-xml-parser'
import type { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'

const DEEPEST = 16
const ENTITY = /&(?:amp|lt|gt|quot|apos|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g
const NAMED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
}

/**
 * The document as plain data, checked: texts stay texts, and an element named in `lists` is an array however often it
 * stands there. Refuses with `s3.xml-malformed` what is no XML, and with `storage.request-invalid` what is another document.
 */
export function readXml<Shape extends z.ZodType>(text: string, shape: Shape, lists: readonly string[]): z.infer<Shape> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw malformed('document types are not read')
  if (nestingOf(text) > DEEPEST) throw malformed('it is nested too deeply')
  const parsed = shape.safeParse(parse(text, lists))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal('storage.request-invalid', {
    reason: `${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`.trim(),
  })
}

function parse(text: string, lists: readonly string[]): unknown {
  const parser = new XMLParser({
    ignoreDeclaration: true,
    ignoreAttributes: true,
    ignorePiTags: true,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    processEntities: false,
    isArray: (name) => lists.includes(name),
    tagValueProcessor: (_name, value, _path, _hasAttributes, isLeaf) => (isLeaf ? decodeEntities(value) : value.trim()),
  })
  try {
    return parser.parse(text, true)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw malformed(error instanceof Error ? error.message : 'it cannot be read')
  }
}

function decodeEntities(text: string): string {
  const decoded = text.replaceAll(ENTITY, (entity, decimal?: string, hex?: string) => {
    if (decimal === undefined && hex === undefined) return NAMED[entity] ?? entity
    const point = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)
    if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
      throw malformed('a character reference names no character')
    return String.fromCodePoint(point)
  })
  return decoded
}

/** An upper bound, so that no document exhausts the parser's stack. */
function nestingOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [, closes, selfCloses] of text.matchAll(/<(\/)?[\w:.-][^<>]*?(\/)?>/g)) {
    if (closes !== undefined) depth -= 1
    else if (selfCloses === undefined) depth += 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function malformed(reason: string): Refusal {
  return new Refusal('s3.xml-malformed', { reason })
}
