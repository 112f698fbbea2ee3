// Reads a query string's parameters. A repeated key is a list; unknown keys are ignored, as Clerk does.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { SignedIds, Span } from '../state/people/find-users.ts'
import type { Order, Page } from '../state/database/page.ts'

export type Query = URLSearchParams

/** The parameters of a request's target. */
export function queryOf(target: string): Query {
  const at = target.indexOf('?')
  return new URLSearchParams(at === -1 ? '' : target.slice(at + 1))
}

const mostRows = 500
const mostValues = 100

/** `limit` (1–500, 10 when not sent) and `offset`. */
export function pageOf(query: Query): Page {
  const limit = wholeNumber(query, 'limit') ?? 10
  if (limit < 1) throw new ClerkRefusal('form_param_value_invalid', { param: 'limit', value: String(limit) })
  if (limit > mostRows) throw new ClerkRefusal('form_param_value_too_large', { param: 'limit', most: mostRows })
  return { limit, offset: wholeNumber(query, 'offset') ?? 0 }
}

/** `order_by`: a column, `-` before it for descending, `+` or nothing for ascending. Newest first when not sent. */
export function orderOf<Column extends string>(
  query: Query,
  columns: readonly Column[],
  fallback: Order<Column>,
): Order<Column> {
  const value = oneValue(query, 'order_by')
  if (value === undefined) return fallback
  const name = value.replace(/^[-+ ]/, '')
  const column = columns.find((candidate) => candidate === name)
  if (column === undefined)
    throw new ClerkRefusal('form_param_value_invalid', { param: 'order_by', value, allowed: columns })
  return { column, direction: value.startsWith('-') ? 'desc' : 'asc' }
}

/** The one value of a parameter; an empty one counts as not sent. */
export function oneValue(query: Query, param: string): string | undefined {
  return query.get(param) || undefined
}

/** One of the allowed values. */
export function choiceOf<Choice extends string>(
  query: Query,
  param: string,
  allowed: readonly Choice[],
): Choice | undefined {
  const value = oneValue(query, param)
  return value === undefined ? undefined : requireChoiceOf(param, value, allowed)
}

function requireChoiceOf<Choice extends string>(param: string, value: string, allowed: readonly Choice[]): Choice {
  const choice = allowed.find((candidate) => candidate === value)
  if (choice === undefined) throw new ClerkRefusal('form_param_value_invalid', { param, value, allowed })
  return choice
}

/** All values of a parameter, at most 100. `name[]` is taken for `name`. */
export function manyValues(query: Query, param: string): readonly string[] {
  const values = [...query.getAll(param), ...query.getAll(`${param}[]`)]
  if (values.length > mostValues) throw new ClerkRefusal('form_param_value_too_large', { param, most: mostValues })
  return values
}

/** All values of a parameter, each one of the allowed. */
export function manyChoices<Choice extends string>(
  query: Query,
  param: string,
  allowed: readonly Choice[],
): readonly Choice[] {
  return manyValues(query, param).map((value) => requireChoiceOf(param, value, allowed))
}

/** Values of an allowed kind with an optional sign: `-value` excludes, `+value` and `value` include. */
export function signedChoices<Choice extends string>(
  query: Query,
  param: string,
  allowed: readonly Choice[],
): { readonly include: readonly Choice[]; readonly exclude: readonly Choice[] } {
  const { include, exclude } = signedIds(query, param)
  const choicesOf = (values: readonly string[]) => values.map((value) => requireChoiceOf(param, value, allowed))
  return { include: choicesOf(include), exclude: choicesOf(exclude) }
}

/** Telephone numbers, whose leading `+` an unescaped query turns into a space. */
export function manyNumbers(query: Query, param: string): readonly string[] {
  return manyValues(query, param).map((value) => value.replace(/^ /, '+'))
}

/** Ids with an optional sign: `-id` excludes, `+id` and `id` include. */
export function signedIds(query: Query, param: string): SignedIds {
  const values = manyValues(query, param)
  return {
    include: values.filter((value) => !value.startsWith('-')).map((value) => value.replace(/^[+ ]/, '')),
    exclude: values.filter((value) => value.startsWith('-')).map((value) => value.slice(1)),
  }
}

/** `<name>_before` and `<name>_after`, in Unix milliseconds. */
export function spanOf(query: Query, name: string): Span {
  return { before: wholeNumber(query, `${name}_before`), after: wholeNumber(query, `${name}_after`) }
}

/** A boolean written `true` or `false`. */
export function flag(query: Query, param: string): boolean | undefined {
  const value = oneValue(query, param)
  if (value === undefined) return undefined
  if (value !== 'true' && value !== 'false')
    throw new ClerkRefusal('form_param_type_invalid', { param, type: 'boolean' })
  return value === 'true'
}

/** A whole number from 0 up. */
export function wholeNumber(query: Query, param: string): number | undefined {
  const value = oneValue(query, param)
  if (value === undefined) return undefined
  if (!/^\d{1,15}$/.test(value)) throw new ClerkRefusal('form_param_type_invalid', { param, type: 'integer' })
  return Number(value)
}
