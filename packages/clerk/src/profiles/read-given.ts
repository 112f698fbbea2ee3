// Reads settings as a configuration file writes them: the names in snake_case, everything optional, and nothing that
// the form, a value with every field, does not have.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { isJsonObject } from '../tokens/json.ts'

/** For texts that are one of a few: the dotted name, in the file's words, and what it may be. */
export type Choices = Readonly<Record<string, readonly string[]>>

/** Where in the configuration, for refusals, and which choices there are below it. */
export interface Place {
  readonly where: string
  /** The dotted name below the topmost value that was read; empty for that itself. */
  readonly name: string
  readonly choices: Choices
}

/** What a table gives of a form's fields, each laid over the form's own. Refuses what the form does not have. */
export function readGiven<Form extends object>(given: unknown, form: Form, place: Place): Partial<Form> {
  if (!isJsonObject(given)) throw invalid(place, 'a table')
  const fields = Object.entries(given).map(([key, value]) => {
    const field = camelCase(key)
    const inside = { ...place, where: `${place.where}.${key}`, name: place.name === '' ? key : `${place.name}.${key}` }
    if (!Object.hasOwn(form, field)) throw invalid(inside, `one of ${Object.keys(form).map(snakeCase).join(', ')}`)
    return [field, readField(value, form[field as keyof Form], inside)] as const
  })
  return Object.fromEntries(fields) as Partial<Form>
}

/** Tables are read field by field; lists and single values replace. */
function readField(given: unknown, form: unknown, place: Place): unknown {
  if (Array.isArray(form)) return requireTexts(given, place)
  if (isJsonObject(form)) return { ...form, ...readGiven(given, form, place) }
  if (typeof given !== typeof form) throw invalid(place, `a ${typeof form}`)
  if (typeof given === 'number' && !(Number.isInteger(given) && given >= 0)) throw invalid(place, 'a whole number')
  return typeof given === 'string' ? requireChoice(given, place) : given
}

function requireTexts(given: unknown, place: Place): readonly string[] {
  if (!Array.isArray(given) || !given.every((item) => typeof item === 'string')) throw invalid(place, 'a list of texts')
  return given.map((item) => requireChoice(item, place))
}

function requireChoice(given: string, place: Place): string {
  const choices = place.choices[place.name]
  if (choices === undefined || choices.includes(given)) return given
  throw invalid(place, `one of ${choices.join(', ')}`)
}

function camelCase(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function snakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function invalid({ where }: Place, expected: string): ClerkRefusal {
  return new ClerkRefusal('option_invalid', { option: where, expected })
}
