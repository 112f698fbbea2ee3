// The grammar of a filter's right side: `not.`, an operator with its modifiers, a value.

import type { Operation, SimpleOperator, TextSearchOperator } from '../api-request.ts'
import { bareElement, dot, identifier, quotedElement, spaced } from './names.ts'
import { attempt, choice, label, map, option, run, separated, sequence, symbol, word, type Parser } from './parser.ts'

/** What stands behind a column and its `=`. */
export interface Condition {
  readonly negated: boolean
  readonly operation: Operation
}

function operators<Name extends string>(names: readonly Name[]): Parser<Name> {
  return choice(...names.map((text) => attempt(map(word(text), (): Name => text))))
}

const plainOperator = operators<SimpleOperator>(['neq', 'cs', 'cd', 'ov', 'sl', 'sr', 'nxr', 'nxl', 'adj'])
const quantifiableOperator = operators<SimpleOperator>([
  ...(['eq', 'gte', 'gt', 'lte', 'lt'] as const),
  ...(['like', 'ilike', 'match', 'imatch'] as const),
])
const textSearchOperator = operators<TextSearchOperator>(['fts', 'plfts', 'phfts', 'wfts'])

const quantifier = option(
  attempt(
    sequence(
      [
        symbol('('),
        choice(
          attempt(map(word('any'), () => 'any' as const)),
          map(word('all'), () => 'all' as const),
        ),
        symbol(')'),
      ],
      ([, which]) => which,
    ),
  ),
  null,
)

const language = option(attempt(sequence([symbol('('), identifier, symbol(')')], ([, name]) => name)), null)

const element = choice(quotedElement, bareElement)

const list: Parser<Operation> = sequence(
  [
    attempt(sequence([word('in'), dot], () => null)),
    spaced(symbol('(')),
    separated(element, symbol(',')),
    spaced(symbol(')')),
  ],
  ([, , values]): Operation => ({ kind: 'in', values: values.length === 1 && values[0] === '' ? [] : values }),
)

function eitherCase(text: string): Parser<null> {
  const letters = Array.from(text, (letter) => choice(symbol(letter), symbol(letter.toUpperCase())))
  return attempt(sequence(letters, () => null))
}

type Truth = Extract<Operation, { kind: 'is' }>['value']
const truths: readonly Truth[] = ['null', 'not_null', 'true', 'false', 'unknown']

const truth: Parser<Truth> = label(
  choice(...truths.map((value) => map(eitherCase(value), (): Truth => value))),
  `isVal: (${truths.join(', ')})`,
)

const is: Parser<Operation> = sequence(
  [attempt(sequence([word('is'), dot], () => null)), truth],
  ([, value]): Operation => ({ kind: 'is', value }),
)

function condition(value: Parser<string>): Parser<Condition> {
  const isDistinct = sequence(
    [attempt(sequence([word('isdistinct'), dot], () => null)), value],
    ([, operand]): Operation => ({ kind: 'is-distinct', value: operand }),
  )
  const textSearch = sequence([textSearchOperator, language, dot, value], ([operator, lang, , operand]): Operation => ({
    kind: 'text-search',
    operator,
    language: lang,
    value: operand,
  }))
  const plain = sequence(
    [label(plainOperator, 'unknown single value operator'), dot, value],
    ([operator, , operand]): Operation => ({ kind: 'simple', operator, quantifier: null, value: operand }),
  )
  const quantified = sequence(
    [label(quantifiableOperator, 'unknown single value operator'), quantifier, dot, value],
    ([operator, which, , operand]): Operation => ({ kind: 'simple', operator, quantifier: which, value: operand }),
  )
  const operation = label(
    choice(list, is, isDistinct, attempt(textSearch), attempt(plain), attempt(quantified)),
    'operator (eq, gt, ...)',
  )
  const negation = option(attempt(sequence([word('not'), dot], () => true)), false)
  return sequence([negation, operation], ([negated, what]): Condition => ({ negated, operation: what }))
}

/** A filter of its own: its value goes to the end of the text. */
export const filterCondition: Parser<Condition> = condition(run(() => true, 0))

const array = attempt(
  sequence(
    [word('{'), run((codePoint) => codePoint !== 0x7b && codePoint !== 0x7d, 0), word('}')],
    ([open, inside, close]) => open + inside + close,
  ),
)

/** A filter inside `and(…)` or `or(…)`: its value ends at `,` or `)`, unless it is quoted or in braces. */
export const memberCondition: Parser<Condition> = condition(choice(quotedElement, array, bareElement))
