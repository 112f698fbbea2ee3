// Text → conditions. Whether the columns exist and the values mean anything is Postgres' to say.

import { Refusal } from '../../../../../refusal/refusal.ts'
import { COMPARISONS, type Condition, PATTERNS, TRUTHS } from './condition.ts'
import { splitList, unquote } from './split-list.ts'

const MOST_VALUES = 100
const MOST_CONDITIONS = 100
/** A hundred UUIDs are a quarter of it. What a filter costs grows with it, for every row that it is held against. */
const MOST_CHARACTERS = 16_384
const CONDITION = /^(?<column>"(?:[^"\\]|\\.)+"|[^="]+)=(?<not>not\.)?(?<operator>[a-z]+)\.(?<value>.*)$/s

/**
 * The conditions of `column=operator.value`, joined by commas, in the client's builder's form. Refuses with
 * `realtime.subscription-invalid`.
 */
export function parseFilter(filter: string): readonly Condition[] {
  if (filter.length > MOST_CHARACTERS) refuse(`a filter has at most ${MOST_CHARACTERS} characters`)
  const parts = splitList(filter)
  if (parts.length > MOST_CONDITIONS) refuse(`a filter has at most ${MOST_CONDITIONS} conditions`)
  return parts.map(parseCondition)
}

function parseCondition(text: string): Condition {
  const groups = CONDITION.exec(text.trimStart())?.groups
  if (text.trim() === '') refuse('filter must not contain empty segments (check for extra commas)')
  if (groups === undefined) refuse(JSON.stringify([text.trim()]), 'A condition is of the form column=operator.value')
  const { column = '', not, operator = '', value = '' } = groups
  const named = { column: unquote(column.trim()), isNegated: not !== undefined }
  if (operator === 'in') return { ...named, operator, values: parseValues(value) }
  if (operator === 'is') return { ...named, operator, value: oneOf(TRUTHS, value.toLowerCase()) ?? refuseTruth(value) }
  const known = oneOf(COMPARISONS, operator) ?? oneOf(PATTERNS, operator)
  if (known === undefined) refuse(sayParts(operator, value), `There is no operator ${operator}`)
  const plain = unquote(value)
  // Postgres says so too, but not before it meets a row that gets as far as the end of the pattern.
  if (operator.endsWith('like') && /(?<!\\)(\\\\)*\\$/.test(plain)) refuse(`the pattern ${plain} ends in its escape`)
  // Postgres finds whatever else in a time that grows with the text; these may take longer than anybody lives.
  if (operator.endsWith('match') && /(?<!\\)(\\\\)*\\[1-9]/.test(plain)) refuse('a pattern takes no back references')
  return { ...named, operator: known, value: plain }
}

function parseValues(text: string): readonly string[] {
  if (!text.startsWith('(') || !text.endsWith(')')) refuse('`in` filter value must be wrapped by parentheses')
  const inner = text.slice(1, -1)
  if (inner === '') refuse('"in" takes at least one value')
  const values = splitList(inner).map(unquote)
  if (values.length > MOST_VALUES) refuse(`"in" takes at most ${MOST_VALUES} values`)
  return values
}

function oneOf<Name extends string>(names: readonly Name[], text: string): Name | undefined {
  return names.find((name) => name === text)
}

function refuseTruth(value: string): never {
  refuse(`"is" takes null, true, false or unknown, not ${value}`)
}

/** As upstream shows what it has read. */
function sayParts(operator: string, value: string): string {
  return `[${JSON.stringify(operator)}, ${JSON.stringify(value)}]`
}

function refuse(what: string, fix?: string): never {
  const reason = `Error parsing \`filter\` params: ${what}`
  throw new Refusal('realtime.subscription-invalid', { reason }, fix === undefined ? {} : { fix })
}
