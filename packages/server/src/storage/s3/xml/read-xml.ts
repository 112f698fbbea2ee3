// Bodies of requests in XML: small, without document types, and nothing in them is guessed to be a number.

import type { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'
import { parseXml, type XmlBounds } from './parse-xml.ts'

/**
 * The document as plain data, checked: texts stay texts. Refuses with `s3.xml-malformed` what is no XML or beyond the bounds,
 * and with `storage.request-invalid` what is another document.
 */
export async function readXml<Shape extends z.ZodType>(
  text: string,
  shape: Shape,
  bounds: XmlBounds,
): Promise<z.infer<Shape>> {
  const parsed = shape.safeParse(await parseXml(text, bounds))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal('storage.request-invalid', {
    reason: `${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`.trim(),
  })
}
