// The grammar of `select`: fields with aliases, casts and aggregates, embeds and spreads with hints and joins.

import { Refusal } from '../../../refusal/refusal.ts'
import type { AggregateFunction, Field, SelectItem } from '../api-request.ts'
import { shownAsCharacter } from './failure.ts'
import { field, identifier, name, spaced } from './names.ts'
import {
  attempt,
  choice,
  end,
  failed,
  lookAhead,
  map,
  notFollowedBy,
  option,
  separated,
  sequence,
  symbol,
  word,
  type Parser,
} from './parser.ts'

const aliasEnd = sequence([symbol(':'), notFollowedBy(symbol(':'), shownAsCharacter)], () => null)
const alias = option(attempt(sequence([name, aliasEnd], ([text]) => text)), null)
const cast = option(
  sequence([word('::'), identifier], ([, type]) => type),
  null,
)

const itemEnd = choice(attempt(lookAhead(word(')'))), attempt(lookAhead(word(','))), attempt(end))

const star: Field = { name: '*', path: [] }

function fieldItem(parts: Partial<Extract<SelectItem, { kind: 'field' }>> & { readonly field: Field }): SelectItem {
  return { kind: 'field', alias: null, cast: null, aggregate: null, ...parts }
}

const everything = attempt(sequence([word('*'), itemEnd], () => fieldItem({ field: star })))

const countOfRows = attempt(
  sequence([alias, word('count()'), cast, itemEnd], ([written, , resultCast]) =>
    fieldItem({ field: star, alias: written, aggregate: { function: 'count', cast: resultCast } }),
  ),
)

function aggregateName(text: AggregateFunction): Parser<AggregateFunction> {
  return map(word(text), () => text)
}

const aggregateFunction = choice(
  aggregateName('sum'),
  aggregateName('avg'),
  aggregateName('count'),
  attempt(aggregateName('max')),
  attempt(aggregateName('min')),
)

const aggregate = option(
  attempt(sequence([symbol('.'), aggregateFunction, word('()')], ([, aggregateOf]) => aggregateOf)),
  null,
)

const plainField = sequence(
  [alias, field, cast, aggregate, cast, itemEnd],
  ([written, column, columnCast, aggregateOf, resultCast]) =>
    fieldItem({
      field: column,
      alias: written,
      cast: columnCast,
      aggregate: aggregateOf === null ? null : { function: aggregateOf, cast: resultCast },
    }),
)

const selectField: Parser<SelectItem> = spaced(choice(everything, countOfRows, plainField))

type EmbedParameter =
  | { readonly kind: 'join'; readonly join: 'inner' | 'left' }
  | { readonly kind: 'hint'; readonly hint: string }

const embedParameter = option(
  sequence(
    [
      symbol('!'),
      choice(
        attempt(map(word('left'), (): EmbedParameter => ({ kind: 'join', join: 'left' }))),
        attempt(map(word('inner'), (): EmbedParameter => ({ kind: 'join', join: 'inner' }))),
        attempt(map(name, (hint): EmbedParameter => ({ kind: 'hint', hint }))),
      ),
    ],
    ([, parameter]) => parameter,
  ),
  null,
)

interface Manner {
  readonly hint: string | null
  readonly join: 'inner' | 'left' | null
}

const manner: Parser<Manner> = sequence([embedParameter, embedParameter], ([first, second]): Manner => {
  const parameters = [first, second]
  return {
    hint: parameters.find((parameter) => parameter?.kind === 'hint')?.hint ?? null,
    join: parameters.find((parameter) => parameter?.kind === 'join')?.join ?? null,
  }
})

const opening = attempt(lookAhead(word('(')))

/** A relation's name; `count` before a parenthesis is the aggregate, and nothing else. */
const relationName: Parser<string> = (scan) => {
  const relation = name(scan)
  return relation === 'count' ? failed : relation
}

type EmbedHead =
  | (Manner & { readonly kind: 'embed'; readonly relation: string; readonly alias: string | null })
  | (Manner & { readonly kind: 'spread'; readonly relation: string })

const embedHead: Parser<EmbedHead> = spaced(
  sequence([alias, relationName, manner, opening], ([written, relation, how]): EmbedHead => ({
    kind: 'embed',
    relation,
    alias: written,
    ...how,
  })),
)

const spreadHead: Parser<EmbedHead> = spaced(
  sequence([word('...'), name, manner, opening], ([, relation, how]): EmbedHead => ({
    kind: 'spread',
    relation,
    ...how,
  })),
)

const inside: Parser<readonly SelectItem[]> = sequence(
  [symbol('('), (scan) => selection(scan), symbol(')')],
  ([, items]) => items,
)

const nested: Parser<readonly SelectItem[]> = (scan) => {
  scan.depth++
  if (scan.depth > scan.maximumDepth) {
    throw new Refusal('request.limit-exceeded', { limit: 'embed-depth', maximum: scan.maximumDepth })
  }
  const items = inside(scan)
  scan.depth--
  return items
}

function embed(head: Parser<EmbedHead>): Parser<SelectItem> {
  return sequence([attempt(head), nested], ([said, select]): SelectItem => ({ ...said, select }))
}

const item: Parser<SelectItem> = choice(embed(spreadHead), embed(embedHead), selectField)

/** The items of a `select`, of the root or between an embed's parentheses; may be none. */
export const selection: Parser<readonly SelectItem[]> = option(separated(item, spaced(symbol(','))), [])
