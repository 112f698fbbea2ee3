// What a command would take away for good, in words.

import { type CodeToken, isWord, nameAt, skipWords } from './code-tokens.ts'
import type { Command } from './command-starts.ts'

export interface Danger {
  readonly kind: 'drop' | 'truncate' | 'delete-all' | 'update-all' | 'rls-disabled' | 'table-without-rls'
  /** A sentence for people. */
  readonly says: string
}

/** Null where it takes nothing away. */
export function dangerOf(command: Command): Danger | null {
  switch (command[0]?.kind === 'word' ? command[0].text : '') {
    case 'drop':
      return { kind: 'drop', says: `Drops ${restOf(command, 1)}.` }
    case 'truncate':
      return {
        kind: 'truncate',
        says: `Empties ${restOf(command, skipWords(command, 1, 'table'))}: every row is lost.`,
      }
    case 'delete':
      return everyRow(command, 'delete-all', 'Deletes every row of')
    case 'update':
      return everyRow(command, 'update-all', 'Changes every row of')
    case 'alter':
      return alteration(command)
    default:
      return null
  }
}

/** DELETE or UPDATE without a WHERE of its own; one in a subquery narrows nothing. */
function everyRow(command: Command, kind: Danger['kind'], does: string): Danger | null {
  const depth = command[0]?.depth
  if (command.some((token) => isWord(token, 'where') && token.depth === depth)) return null
  const from = skipWords(command, 1, 'from')
  const name = nameAt(command, skipWords(command, from, 'only'))
  return { kind, says: `${does} ${name?.join('.') ?? 'a table'}: it has no WHERE.` }
}

/** Losing a default or a NOT NULL loses no data. */
const harmless = ['default', 'not', 'identity', 'expression']

function alteration(command: Command): Danger | null {
  const what = alteredObject(command)
  const disables = command.findIndex((token, index) => {
    return isWord(token, 'disable') && skipWords(command, index + 1, 'row', 'level', 'security') > index + 1
  })
  if (disables !== -1)
    return { kind: 'rls-disabled', says: `Turns Row Level Security off on ${what}: every row shows.` }
  const drop = command.findIndex((token, index) => {
    return index > 1 && token.depth === 0 && isWord(token, 'drop') && !isWord(command[index + 1], ...harmless)
  })
  if (drop === -1) return null
  return { kind: 'drop', says: `Alters ${what} and drops ${restOf(command, drop + 1)}.` }
}

function alteredObject(command: Command): string {
  const name = nameAt(command, skipWords(command, skipWords(command, 2, 'if', 'exists'), 'only'))
  return `${command[1]?.text ?? ''} ${name?.join('.') ?? ''}`.trim()
}

/** The command's own words from there on, without what only says how. */
function restOf(command: Command, index: number): string {
  const rest = command.slice(index).filter((token, place, all) => !saysHow(token, all[place + 1], all[place - 1]))
  const cascades = rest.at(-1)?.text === 'cascade'
  const words = joined(cascades ? rest.slice(0, -1) : rest)
  return cascades ? `${words} and everything that depends on it` : words
}

function saysHow(token: CodeToken, next: CodeToken | undefined, before: CodeToken | undefined): boolean {
  if (isWord(token, 'if')) return isWord(next, 'exists')
  if (isWord(token, 'exists')) return isWord(before, 'if')
  return isWord(token, 'concurrently', 'restrict')
}

function joined(tokens: readonly CodeToken[]): string {
  return tokens
    .map(({ text }) => text)
    .join(' ')
    .replaceAll(/ ?([.(]) ?| (?=[,)])/g, (_, bracket?: string) => bracket ?? '')
}
