// The types that `to_jsonb` has a form of its own for: numbers, booleans, JSON, dates with a time.

import { type PrintCell, printString } from './cell-printer.ts'

const asItIs: PrintCell = (text) => text

/** By the oid of pg_type, which is fixed for these. */
export const scalarPrinters: ReadonlyMap<number, PrintCell> = new Map<number, PrintCell>([
  [16, (text) => (text === 't' ? 'true' : 'false')], // bool
  [20, asItIs], // int8
  [21, asItIs], // int2
  [23, asItIs], // int4
  [114, asItIs], // json
  [700, printFloat], // float4
  [701, printFloat], // float8
  [1700, printNumeric], // numeric
  [1114, printTimestamp], // timestamp
  [1184, printTimestamp], // timestamptz
  [3802, asItIs], // jsonb
])

const DIGIT_0 = 0x30
const DIGIT_9 = 0x39

/** JSON has no word for NaN and infinity; they alone end with a letter. */
function printNumeric(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= DIGIT_0 && last <= DIGIT_9 ? text : printString(text)
}

/** Through `numeric`, which knows neither exponents nor a negative zero. */
function printFloat(text: string): string {
  if (text === '-0') return '0'
  return text.includes('e') ? withoutExponent(text) : printNumeric(text)
}

function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)\.?(\d*)e([+-]\d+)$/.exec(text) ?? []
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

const shortOffset = /([+-]\d\d)( BC)?$/

/** `2026-01-02 03:04:05+00` becomes `2026-01-02T03:04:05+00:00`. Infinity has no time of day. */
function printTimestamp(text: string): string {
  const space = text.indexOf(' ')
  if (space === -1) return printString(text)
  const time = text.slice(space + 1)
  return `"${text.slice(0, space)}T${shortOffset.test(time) ? time.replace(shortOffset, '$1:00$2') : time}"`
}
