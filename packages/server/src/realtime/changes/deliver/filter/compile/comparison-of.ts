// Which types can be compared here exactly as Postgres compares them, from the texts that it prints.

import { compareDecimals, compareFloats, compareText } from './decimal.ts'
import { microsecondsOf } from './instant.ts'

/** Below, at or above 0; null where the texts are not what was expected, so that Postgres has to be asked. */
export type Compare = (left: string, right: string) => number | null

/** What can be decided about values of a type without Postgres. */
export interface Comparing {
  /** Equal values print equal texts, so that a map may find them. */
  readonly isEqualAsText: boolean
  readonly equal: Compare
  /** Null where the order is a matter of locale. */
  readonly order: Compare | null
}

const asText: Compare = compareText
const asInstant: Compare = (left, right) => {
  if (left === right) return 0
  const [a, b] = [microsecondsOf(left), microsecondsOf(right)]
  return a === null || b === null ? null : a < b ? -1 : Number(a > b)
}

const decimals: Comparing = { isEqualAsText: true, equal: compareDecimals, order: compareDecimals }
const instants: Comparing = { isEqualAsText: false, equal: asInstant, order: asInstant }
const texts: Comparing = { isEqualAsText: true, equal: asText, order: null }

// By the fixed OIDs of pg_type. What is not here (bpchar, citext, jsonb, intervals, enums' order, arrays, domains …) is asked.
const KNOWN: Readonly<Record<number, Comparing>> = {
  16: { isEqualAsText: true, equal: asText, order: asText }, // bool: f before t
  18: texts, // "char"
  19: texts, // name
  20: decimals, // int8
  21: decimals, // int2
  23: decimals, // int4
  25: texts, // text
  26: decimals, // oid
  700: { isEqualAsText: false, equal: compareFloats, order: compareFloats }, // float4
  701: { isEqualAsText: false, equal: compareFloats, order: compareFloats }, // float8
  1043: texts, // varchar
  1082: instants, // date
  1114: instants, // timestamp
  1184: instants, // timestamptz
  1700: { ...decimals, isEqualAsText: false }, // numeric: 1.0 is 1.00
  2950: { isEqualAsText: true, equal: asText, order: asText }, // uuid: hexadecimal of one length
}

/** Null for a type that only Postgres compares. */
export function comparingOf(typeOid: number): Comparing | null {
  return KNOWN[typeOid] ?? null
}

/** Types whose LIKE is about the characters of the text itself. */
export function isPlainText(typeOid: number): boolean {
  return typeOid === 25 || typeOid === 1043
}
