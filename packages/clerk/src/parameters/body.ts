// Reads a JSON body's parameters, refusing what is missing, of the wrong type, or unknown. `undefined`
// means the parameter was not sent, `null` that it was sent as null.

import { isFormBody } from '../http/read-bodies.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { isJsonObject, type JsonObject } from '../tokens/json.ts'

export type Body = JsonObject

/** The body as an object of known parameters. Refuses anything else, and a parameter not in `known`. */
export function requireBody(body: unknown, known: readonly string[]): Body {
  const parameters = requireObject(body)
  const unknown = Object.keys(parameters).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new ClerkRefusal('form_param_unknown', { param: unknown })
  return parameters
}

/** The body as an object of any parameters. Refuses anything else, and a form by the name of its content type. */
export function requireObject(body: unknown): Body {
  if (isFormBody(body)) throw new ClerkRefusal('unsupported_content_type', { contentType: body.contentType })
  const parameters = body ?? {}
  if (!isJsonObject(parameters)) throw new ClerkRefusal('request_body_invalid', {})
  return parameters
}

/** A body that is a list of such objects, at least one and at most `most`. */
export function requireBodies(body: unknown, known: readonly string[], most: number): readonly Body[] {
  if (!Array.isArray(body) || body.length === 0) throw new ClerkRefusal('request_body_invalid', {})
  if (body.length > most) throw new ClerkRefusal('form_param_value_too_large', { param: 'items', most })
  return body.map((item) => requireBody(item, known))
}

/** A text that must be there and not be empty. */
export function requireText(body: Body, param: string, most = 4096): string {
  const text = optionalText(body, param, most)
  if (text === undefined || text === null || text === '') throw new ClerkRefusal('form_param_missing', { param })
  return text
}

/** A text of at most `most` characters, or null. */
export function optionalText(body: Body, param: string, most = 4096): string | null | undefined {
  const value = body[param]
  if (value === undefined || value === null) return value
  if (typeof value !== 'string') throw wrongType(param, 'string')
  if (value.includes('\0')) throw new ClerkRefusal('form_param_format_invalid', { param, expected: 'text without NUL' })
  if (value.length > most) throw new ClerkRefusal('form_param_max_length_exceeded', { param, most })
  return value
}

/** A text that sets a name: empty and null both clear it. */
export function clearableText(body: Body, param: string, most = 256): string | null | undefined {
  const text = optionalText(body, param, most)
  return text === '' ? null : text
}

/** A list of texts; a lone text counts as a list of one. Empty when not sent. */
export function texts(body: Body, param: string): readonly string[] {
  const value = body[param]
  if (value === undefined || value === null) return []
  const list = Array.isArray(value) ? value : [value]
  if (!list.every((item) => typeof item === 'string')) throw wrongType(param, 'array of strings')
  return list
}

/** A boolean; null counts as not sent. */
export function optionalFlag(body: Body, param: string): boolean | undefined {
  const value = body[param]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw wrongType(param, 'boolean')
  return value
}

/** A whole number between two bounds, or null. */
export function optionalInteger(body: Body, param: string, least: number, most: number): number | null | undefined {
  const value = body[param]
  if (value === undefined || value === null) return value
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(param, 'integer')
  if (value > most) throw new ClerkRefusal('form_param_value_too_large', { param, most })
  if (value < least) throw new ClerkRefusal('form_param_value_invalid', { param, value: String(value) })
  return value
}

/** A JSON object, or null. */
export function optionalObject(body: Body, param: string): JsonObject | null | undefined {
  const value = body[param]
  if (value === undefined || value === null) return value
  if (!isJsonObject(value)) throw wrongType(param, 'object')
  return value
}

/** A moment in RFC 3339, as Unix milliseconds; null clears. */
export function optionalTime(body: Body, param: string): number | null | undefined {
  const value = optionalText(body, param)
  if (value === undefined || value === null || value === '') return value === undefined ? undefined : null
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(value)
    ? Date.parse(value)
    : Number.NaN
  if (Number.isNaN(moment)) throw new ClerkRefusal('form_param_invalid_time', { param })
  return moment
}

/** One of the allowed texts; null counts as not sent. */
export function optionalChoice<Choice extends string>(
  body: Body,
  param: string,
  allowed: readonly Choice[],
): Choice | undefined {
  const value = optionalText(body, param)
  if (value === undefined || value === null) return undefined
  const choice = allowed.find((candidate) => candidate === value)
  if (choice === undefined) throw new ClerkRefusal('form_param_value_invalid', { param, value, allowed })
  return choice
}

/** One of the allowed texts, which must be there. */
export function requireChoice<Choice extends string>(body: Body, param: string, allowed: readonly Choice[]): Choice {
  const choice = optionalChoice(body, param, allowed)
  if (choice === undefined) throw new ClerkRefusal('form_param_missing', { param })
  return choice
}

type Sent<Change> = { [Key in keyof Change]?: Exclude<Change[Key], undefined> }

/** The entries of a change that the request really sent. */
export function sent<Change extends object>(change: Change): Sent<Change> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Sent<Change>
}

function wrongType(param: string, type: string): ClerkRefusal {
  return new ClerkRefusal('form_param_type_invalid', { param, type })
}
