// The pieces every query parameter is made of: identifiers, JSON paths, fields, quoted values, blanks.

import type { Field, JsonStep } from '../api-request.ts'
import { both, expected, shownAsCharacter } from './failure.ts'
import {
  attempt,
  character,
  choice,
  end,
  label,
  lookAhead,
  many,
  map,
  notFollowedBy,
  option,
  run,
  separated,
  sequence,
  symbol,
  word,
  type Parser,
} from './parser.ts'

const letters = /\p{L}/u

function isLetter(codePoint: number): boolean {
  if (codePoint < 0x80) return (codePoint >= 0x61 && codePoint <= 0x7a) || (codePoint >= 0x41 && codePoint <= 0x5a)
  return letters.test(String.fromCodePoint(codePoint))
}

function isDigit(codePoint: number): boolean {
  return codePoint >= 0x30 && codePoint <= 0x39
}

function isIdentifierCharacter(codePoint: number): boolean {
  return isLetter(codePoint) || isDigit(codePoint) || codePoint === 0x5f || codePoint === 0x20 || codePoint === 0x24
}

/** A test for any character but these. */
function noneOf(characters: string): (codePoint: number) => boolean {
  const excluded = new Set(Array.from(characters, (excludedOne) => excludedOne.codePointAt(0)))
  return (codePoint) => !excluded.has(codePoint)
}

const blanks = run((codePoint) => codePoint === 0x20 || codePoint === 0x09, 0)

/** The parser with blanks allowed on both sides. */
export function spaced<Value>(parser: Parser<Value>): Parser<Value> {
  return sequence([blanks, parser, blanks], ([, value]) => value)
}

const anyCharacter = character(() => true)
const quotedPiece = choice(
  character(noneOf('\\"')),
  sequence([symbol('\\'), anyCharacter], ([, escaped]) => escaped),
)

/** `"…"` with `\"` and `\\` inside. */
const quoted: Parser<string> = sequence([symbol('"'), many(quotedPiece), symbol('"')], ([, pieces]) => pieces.join(''))

/** A quoted value that ends an element of a list. */
export const quotedElement: Parser<string> = attempt(
  sequence([quoted, notFollowedBy(character(noneOf(',)')), shownAsCharacter)], ([value]) => value),
)

/** Everything up to `,` or `)`. */
export const bareElement: Parser<string> = run(noneOf(',)'), 0)

/** Letters, digits, `_`, `$` and blanks, trimmed: type names, languages, parts of names. */
export const identifier: Parser<string> = map(
  run(isIdentifierCharacter, 1, both(expected('letter'), expected('digit'))),
  (text) => text.trim(),
)

const dash = attempt(sequence([symbol('-'), notFollowedBy(symbol('>'), shownAsCharacter)], () => '-'))

function dashed(part: Parser<string>): Parser<string> {
  return map(separated(part, dash), (parts) => parts.join('-'))
}

/** The name of a column, relation, alias or hint. */
export const name: Parser<string> = label(choice(quoted, dashed(identifier)), 'field name (* or [a..z0..9_$])')

/** `.` between words. */
export const dot: Parser<string> = label(symbol('.'), 'delimiter (.)')

const jsonKey = label(
  choice(quoted, dashed(map(run(noneOf('(-:.,>)'), 1), (text) => text.trim()))),
  'any non reserved character different from: .,>()',
)

const indexEnd = choice(...['->', '::', '.', ','].map((text) => attempt(lookAhead(word(text)))), attempt(end))

const jsonIndex = sequence(
  [option(symbol('-'), ''), run(isDigit, 1, expected('digit')), indexEnd],
  ([sign, digits]) => sign + digits,
)

type Operand = { readonly index: string } | { readonly key: string }

const operand: Parser<Operand> = choice(
  attempt(map(jsonIndex, (index) => ({ index }))),
  attempt(map(jsonKey, (key) => ({ key }))),
)

const arrow: Parser<'->>' | '->'> = choice(
  attempt(map(word('->>'), () => '->>' as const)),
  attempt(map(word('->'), () => '->' as const)),
)

/** `->key->>0…`; may be empty. */
export const jsonPath: Parser<JsonStep[]> = many(
  sequence([arrow, operand], ([written, into]): JsonStep => ({ arrow: written, ...into })),
)

const noPath: readonly JsonStep[] = []

/** `name->path`, blanks around it allowed. */
export const field: Parser<Field> = spaced(
  sequence([name, option(jsonPath, noPath)], ([column, path]): Field => ({ name: column, path })),
)

/** Comma list of names. */
export const names: Parser<string[]> = separated(name, spaced(symbol(',')))

/** `a.b.column->path`: the embeds from the root down, then the field. */
export const treePath: Parser<{ readonly path: readonly string[]; readonly field: Field }> = sequence(
  [separated(name, dot), option(jsonPath, noPath)],
  ([words, path]) => ({ path: words.slice(0, -1), field: { name: words.at(-1) ?? '', path } }),
)
