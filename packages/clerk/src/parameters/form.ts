// Form bodies, as browsers send them to the Frontend API: a repeated key is a list, nested objects are JSON
// texts, booleans are written out. Unknown parameters are let go: each SDK version sends some of its own.

import { nestingOf } from '../http/json-nesting.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { isJsonObject, type JsonObject } from '../tokens/json.ts'
import type { Body } from './body.ts'

/**
 * The fields of a form as the values `parameters/body.ts` reads: text, or a list of texts where a key repeats. Takes
 * one look at each field, since a stranger may send many.
 */
export function bodyOfForm(form: URLSearchParams): Body {
  const valuesOf = new Map<string, string[]>()
  for (const [key, value] of form) {
    const name = key.replace(/\[\]$/, '')
    const values = valuesOf.get(name)
    if (values === undefined) valuesOf.set(name, [value])
    else values.push(value)
  }
  return Object.fromEntries(
    Array.from(valuesOf, ([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  )
}

/** A boolean written `true` or `false`; empty counts as not sent. Takes a real one too, for callers that send JSON. */
export function formFlag(body: Body, param: string): boolean | undefined {
  const value = body[param]
  if (value === undefined || value === null || value === '') return undefined
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw new ClerkRefusal('form_param_type_invalid', { param, type: 'boolean' })
}

/** As deep as a body of JSON may be. */
const deepestObject = 100

/** A JSON object written as text; empty counts as not sent. */
export function formObject(body: Body, param: string): JsonObject | undefined {
  const value = body[param]
  if (value === undefined || value === null || value === '') return undefined
  const parsed: unknown = typeof value === 'string' ? parseJson(value) : value
  if (!isJsonObject(parsed)) throw new ClerkRefusal('form_param_type_invalid', { param, type: 'object' })
  return parsed
}

function parseJson(text: string): unknown {
  if (nestingOf(text) > deepestObject) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
