// Where in a statement a command begins that will be run: at its start, behind EXPLAIN ANALYZE, in a WITH, in DO.

import { type CodeToken, codeTokens, isWord } from './code-tokens.ts'

/** A command that would run: its first token, and the tokens up to where it ends. */
export type Command = readonly CodeToken[]

const holdsCommands = ['with', 'select', 'insert', 'update', 'delete', 'merge', 'explain', 'copy']
const opensBlock = ['begin', 'then', 'else', 'loop']
/** A long list of rows has a bracket a row: what begins none of these is not worth cutting out. */
const takesAway = ['drop', 'truncate', 'delete', 'update', 'alter']

/** Every command in it that may take something away, outermost first. */
export function commandsIn(statement: string): readonly Command[] {
  const tokens = codeTokens(statement)
  if (isWord(tokens[0], 'do')) return tokens.flatMap((token) => (token.kind === 'string' ? inBlock(token.text) : []))
  const first = isWord(tokens[0], 'explain') ? behindExplain(tokens) : 0
  if (first === null) return []
  const nested = isWord(tokens[0], ...holdsCommands) || tokens[0]?.kind === 'open'
  return tokens.flatMap((_, index) => {
    const begins = index === first || (nested && index > 0 && tokens[index - 1]?.kind === 'open')
    return begins && isWord(tokens[index], ...takesAway) ? [commandFrom(tokens, index)] : []
  })
}

/** Null where the statement is only planned. */
function behindExplain(tokens: readonly CodeToken[]): number | null {
  const from = tokens.findIndex((token, index) => index > 0 && token.depth === 0 && !isOption(token))
  return tokens.slice(0, from).some((token) => isWord(token, 'analyze', 'analyse')) ? from : null
}

function isOption(token: CodeToken): boolean {
  return isWord(token, 'analyze', 'analyse', 'verbose') || token.kind === 'open' || token.kind === 'close'
}

/** Up to the bracket or semicolon that closes it. */
function commandFrom(tokens: readonly CodeToken[], index: number): Command {
  const depth = tokens[index]?.depth ?? 0
  const length = tokens.slice(index).findIndex((token) => endsAt(token, depth))
  return length === -1 ? tokens.slice(index) : tokens.slice(index, index + length)
}

function endsAt(token: CodeToken, depth: number): boolean {
  return token.depth < depth || (token.depth === depth && token.kind === 'semicolon')
}

/** The body of a DO, whose own strings stay closed: what it puts together at run time nobody knows. */
function inBlock(quoted: string): readonly Command[] {
  const body = quoted.replace(/^(\$\w*\$|[eE]?')/, '').replace(/(\$\w*\$|')$/, '')
  const tokens = codeTokens(body)
  return tokens.flatMap((_, index) => {
    const before = tokens[index - 1]
    const begins = before === undefined || before.kind === 'semicolon' || isWord(before, ...opensBlock)
    return begins && isWord(tokens[index], ...takesAway) ? [commandFrom(tokens, index)] : []
  })
}
