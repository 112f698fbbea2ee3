// The grammar of `order`: columns of the root or of a to-one embed, with direction and place of nulls.

import type { OrderTerm } from '../api-request.ts'
import { dot, field, name, spaced } from './names.ts'
import {
  attempt,
  choice,
  end,
  lookAhead,
  map,
  option,
  separated,
  sequence,
  symbol,
  word,
  type Parser,
} from './parser.ts'

function dotted<Value>(text: string, value: Value): Parser<Value> {
  return attempt(sequence([dot, word(text)], () => value))
}

const direction = option(choice(dotted('asc', 'asc' as const), dotted('desc', 'desc' as const)), null)
const nullsPlace = option(choice(dotted('nullsfirst', 'first' as const), dotted('nullslast', 'last' as const)), null)
const termEnd = choice(attempt(lookAhead(symbol(','))), attempt(end))
const nulls = choice(
  sequence([nullsPlace, termEnd], ([place]) => place),
  map(termEnd, () => null),
)

const ownTerm: Parser<OrderTerm> = sequence([field, direction, nulls], ([column, towards, place]): OrderTerm => ({
  field: column,
  relation: null,
  direction: towards,
  nulls: place,
}))

const relatedTerm: Parser<OrderTerm> = attempt(
  sequence(
    [name, symbol('('), field, symbol(')'), direction, nulls],
    ([relation, , column, , towards, place]): OrderTerm => ({
      field: column,
      relation,
      direction: towards,
      nulls: place,
    }),
  ),
)

/** The terms of an `order`, at least one. */
export const orderTerms: Parser<readonly OrderTerm[]> = separated(spaced(choice(relatedTerm, ownTerm)), symbol(','))
