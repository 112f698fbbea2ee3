// The grammar of `and` and `or`: trees of filters, and the paths of embeds in front of them.

import { Refusal } from '../../../refusal/refusal.ts'
import type { LogicTree } from '../api-request.ts'
import { memberCondition } from './filter.ts'
import { dot, field, name, spaced } from './names.ts'
import { attempt, choice, label, map, option, separated, sequence, symbol, word, type Parser } from './parser.ts'

const negation = label(option(attempt(sequence([word('not'), dot], () => true)), false), 'negation operator (not)')

const connective = label(
  choice(
    attempt(map(word('and'), () => 'and' as const)),
    map(word('or'), () => 'or' as const),
  ),
  'logic operator (and, or)',
)

const member: Parser<LogicTree> = attempt(
  sequence([field, dot, memberCondition], ([column, , condition]): LogicTree => ({
    kind: 'filter',
    filter: { field: column, ...condition },
  })),
)

const inside: Parser<readonly LogicTree[]> = sequence(
  [spaced(symbol('(')), separated((scan) => logicTree(scan), spaced(symbol(','))), spaced(symbol(')'))],
  ([, members]) => members,
)

const members: Parser<readonly LogicTree[]> = (scan) => {
  scan.depth++
  if (scan.depth > scan.maximumDepth) {
    throw new Refusal('request.limit-exceeded', { limit: 'logic-depth', maximum: scan.maximumDepth })
  }
  const trees = inside(scan)
  scan.depth--
  return trees
}

/** `and(…)`, `not.or(…)` or a single `column.operator.value`. */
export const logicTree: Parser<LogicTree> = choice(
  member,
  sequence([negation, connective, members], ([negated, kind, trees]): LogicTree => ({ kind, negated, members: trees })),
)

/** A key like `embed.not.or`: the embeds, and the operator that is put in front of the value (`not.or`). */
export const logicPath: Parser<{ readonly path: readonly string[]; readonly operator: string }> = map(
  separated(name, dot),
  (words) => {
    const operator = words.at(-1) ?? ''
    return {
      path: words.slice(0, -1).filter((step) => step !== 'not'),
      operator: words.includes('not') ? `not.${operator}` : operator,
    }
  },
)
