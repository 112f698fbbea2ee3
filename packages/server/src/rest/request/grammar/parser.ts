// A parser combinator small enough to read. Its contract is that of Parsec, since the refusals that clients
// see are worded by Parsec's rules: an alternative is tried only where the one before took nothing; a
// successful parser still says what it would have taken more; what is said at the furthest place wins.

import { Refusal } from '../../../refusal/refusal.ts'
import { both, position, sentence, shownAsCharacter, shownAsText, type Messages } from './failure.ts'

/** Returned in place of a value by a parser that did not match. */
export const failed: unique symbol = Symbol('failed')

/** A text being read. Parsers move `offset` and leave in the other fields what happened. */
interface Scan {
  readonly text: string
  offset: number
  /** The last parser took something, whether it then matched or not. */
  consumed: boolean
  /** What the last parser would have wanted, and where. */
  said: Messages
  saidAt: number
  /** Nesting so far, and the most there may be. */
  depth: number
  readonly maximumDepth: number
}

/** Reads at `scan.offset`; after `failed` the offset means nothing. */
export type Parser<Value> = (scan: Scan) => Value | typeof failed

/** Ends a parser that took nothing. */
function stop(scan: Scan, at: number, said: Messages): typeof failed {
  scan.consumed = false
  scan.said = said
  scan.saidAt = at
  return failed
}

/** Adds what was said before the last parser ran, which took nothing. The furthest place wins. */
function addEarlier(scan: Scan, said: Messages, saidAt: number): void {
  if (said === null) {
    if (scan.said === null && saidAt > scan.saidAt) scan.saidAt = saidAt
  } else if (scan.said === null || saidAt > scan.saidAt) {
    scan.said = said
    scan.saidAt = saidAt
  } else if (saidAt === scan.saidAt) scan.said = both(said, scan.said)
}

/** One after the other. */
export function sequence<Values extends readonly unknown[], Result>(
  parsers: readonly [...{ [Index in keyof Values]: Parser<Values[Index]> }],
  build: (values: NoInfer<Values>) => Result,
): Parser<Result> {
  const steps: readonly Parser<unknown>[] = parsers
  return (scan) => {
    const values: unknown[] = []
    let consumed = false
    let said: Messages = null
    let saidAt = scan.offset
    for (const step of steps) {
      const value = step(scan)
      if (scan.consumed) consumed = true
      else addEarlier(scan, said, saidAt)
      if (value === failed) {
        scan.consumed = consumed
        return failed
      }
      said = scan.said
      saidAt = scan.saidAt
      values.push(value)
    }
    scan.consumed = consumed
    return build(values as unknown as Values)
  }
}

/** The first alternative that matches or takes something. */
export function choice<Values extends readonly unknown[]>(
  ...parsers: { [Index in keyof Values]: Parser<Values[Index]> }
): Parser<Values[number]> {
  const alternatives: readonly Parser<Values[number]>[] = parsers
  return (scan) => {
    const start = scan.offset
    let said: Messages = null
    let saidAt = start
    for (const alternative of alternatives) {
      scan.offset = start
      const value = alternative(scan)
      if (scan.consumed) return value
      addEarlier(scan, said, saidAt)
      if (value !== failed) return value
      said = scan.said
      saidAt = scan.saidAt
    }
    return failed
  }
}

/** Takes nothing where it fails, so that another alternative is tried. */
export function attempt<Value>(parser: Parser<Value>): Parser<Value> {
  return (scan) => {
    const value = parser(scan)
    if (value === failed) scan.consumed = false
    return value
  }
}

/** Another value for the same text. */
export function map<Value, Result>(parser: Parser<Value>, build: (value: Value) => Result): Parser<Result> {
  return (scan) => {
    const value = parser(scan)
    return value === failed ? failed : build(value)
  }
}

/** What the parser wants, under one name, wherever it took nothing. */
export function label<Value>(parser: Parser<Value>, name: string): Parser<Value> {
  return (scan) => {
    const value = parser(scan)
    if (!scan.consumed && (value === failed || scan.said !== null)) {
      scan.said = { kind: 'labelled', label: name, inner: scan.said }
    }
    return value
  }
}

/** `otherwise` where the parser takes nothing and fails. */
export function option<Value, Otherwise>(parser: Parser<Value>, otherwise: Otherwise): Parser<Value | Otherwise> {
  return (scan) => {
    const start = scan.offset
    const value = parser(scan)
    if (value !== failed || scan.consumed) return value
    scan.offset = start
    return otherwise
  }
}

/** As often as it matches. The parser must not match nothing. */
export function many<Value>(parser: Parser<Value>): Parser<Value[]> {
  return (scan) => {
    const values: Value[] = []
    for (;;) {
      const start = scan.offset
      const value = parser(scan)
      if (value === failed) {
        if (scan.consumed) return failed
        scan.offset = start
        scan.consumed = values.length > 0
        return values
      }
      values.push(value)
    }
  }
}

/** At least one, with separators between. */
export function separated<Value>(parser: Parser<Value>, separator: Parser<unknown>): Parser<Value[]> {
  const more = many(sequence([separator, parser], ([, value]) => value))
  return sequence([parser, more], ([first, others]) => [first, ...others])
}

/** Matches where the parser does, and takes nothing. */
export function lookAhead<Value>(parser: Parser<Value>): Parser<Value> {
  return (scan) => {
    const start = scan.offset
    const value = parser(scan)
    if (value === failed) return failed
    scan.offset = start
    scan.consumed = false
    scan.said = null
    scan.saidAt = start
    return value
  }
}

/** Matches where the parser does not, and takes nothing. `show` words what must not stand here. */
export function notFollowedBy<Value>(parser: Parser<Value>, show: (value: Value) => string): Parser<null> {
  return (scan) => {
    const start = scan.offset
    const value = parser(scan)
    if (value !== failed) return stop(scan, scan.offset, { kind: 'unwanted', shown: show(value) })
    scan.offset = start
    scan.consumed = false
    return null
  }
}

/** These characters, exactly. Says what it wanted at its beginning, whichever character differed. */
export function word(text: string): Parser<string> {
  const wanted: Messages = { kind: 'expected', shown: `"${text}"` }
  return (scan) => {
    const start = scan.offset
    for (let index = 0; index < text.length; index++) {
      if (scan.text.charCodeAt(start + index) !== text.charCodeAt(index)) {
        scan.consumed = index > 0
        scan.said = { kind: 'both', first: { kind: 'found', at: start + index }, second: wanted }
        scan.saidAt = start
        return failed
      }
    }
    scan.offset = start + text.length
    scan.consumed = true
    scan.said = null
    scan.saidAt = scan.offset
    return text
  }
}

/** One character for which `test` holds. `name` says what is wanted. */
export function character(test: (codePoint: number) => boolean, name?: string): Parser<string> {
  return (scan) => {
    const start = scan.offset
    const codePoint = scan.text.codePointAt(start)
    if (codePoint === undefined || !test(codePoint)) {
      const found: Messages = { kind: 'found', at: start }
      return stop(scan, start, name === undefined ? found : both({ kind: 'expected', shown: name }, found))
    }
    scan.offset = start + (codePoint > 0xffff ? 2 : 1)
    scan.consumed = true
    scan.said = null
    scan.saidAt = scan.offset
    return scan.text.slice(start, scan.offset)
  }
}

/** This character. */
export function symbol(wanted: string): Parser<string> {
  const code = wanted.charCodeAt(0)
  return character((codePoint) => codePoint === code, shownAsText(wanted))
}

/** The longest run of characters for which `test` holds, `least` or more; `wanted` is what another one could be. */
export function run(test: (codePoint: number) => boolean, least: 0 | 1, wanted: Messages = null): Parser<string> {
  return (scan) => {
    const start = scan.offset
    let end = start
    for (;;) {
      const codePoint = scan.text.codePointAt(end)
      if (codePoint === undefined || !test(codePoint)) break
      end += codePoint > 0xffff ? 2 : 1
    }
    scan.said = both(wanted, { kind: 'found', at: end })
    scan.saidAt = end
    scan.consumed = end > start
    if (end - start < least) return failed
    scan.offset = end
    return scan.text.slice(start, end)
  }
}

/** The end of the text. */
export const end: Parser<null> = label((scan) => {
  const codePoint = scan.text.codePointAt(scan.offset)
  if (codePoint !== undefined) {
    return stop(scan, scan.offset, { kind: 'unwanted', shown: shownAsCharacter(String.fromCodePoint(codePoint)) })
  }
  scan.consumed = false
  scan.said = { kind: 'found', at: scan.offset }
  scan.saidAt = scan.offset
  return null
}, 'end of input')

/** What a text is called in a refusal, where it stands, and how deep it may nest. */
interface Reading {
  /** The grammar: `select parameter`. */
  readonly what: string
  /** The text as the client wrote it, where more stands in front of what is parsed. */
  readonly written?: string
  readonly maximumDepth?: number
}

/** Reads a text from its beginning; what the grammar leaves over is ignored. Refuses with `request.query-malformed`. */
export function parseText<Value>(parser: Parser<Value>, text: string, reading: Reading): Value {
  const scan: Scan = {
    text,
    offset: 0,
    consumed: false,
    said: null,
    saidAt: 0,
    depth: 0,
    maximumDepth: reading.maximumDepth ?? 1,
  }
  const value = parser(scan)
  if (value !== failed) return value
  throw new Refusal('request.query-malformed', {
    what: reading.what,
    text: reading.written ?? text,
    ...position(text, scan.saidAt),
    expectation: sentence(scan.said, text),
  })
}
