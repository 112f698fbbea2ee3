// `jwt-role-claim-key`: where in the claims the role stands. A JSON Path, or PostgREST's own older notation: names,
// indexes and one closing filter.

import { parseJsonPath } from './json-path.ts'

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'filter'; readonly test: (text: string) => boolean }

/** Finds the role in claims; undefined where there is none. */
export type RolePath = (claims: Readonly<Record<string, unknown>>) => unknown

const bare = String.raw`\.(?<bare>[\p{L}\p{N}_$@]+)`
const dotted = String.raw`\.?"(?<dotted>[^"]*)"`
const index = String.raw`\[(?<index>\d+)\]`
const expression = String.raw`(?:[^\]"']|"[^"]*"|'[^']*')*?`
const filter = String.raw`\[\?(?:\(\s*(?<wrapped>${expression})\s*\)|\s*(?<filter>${expression})\s*)\]`
const step = new RegExp([bare, dotted, index, filter].join('|'), 'uy')

/** Throws SyntaxError for a text that is no such path. */
export function parseRolePath(text: string): RolePath {
  return text.startsWith('$') ? firstOf(text) : parseSteps(text)
}

/** The first node a JSON Path selects. */
function firstOf(text: string): RolePath {
  try {
    const path = parseJsonPath(text)
    return (claims) => path(claims)[0]
  } catch (cause) {
    throw new SyntaxError(`failed to parse role-claim-key value (${text})`, { cause })
  }
}

function parseSteps(text: string): RolePath {
  const steps: Step[] = []
  let at = 0
  while (at < text.length) {
    step.lastIndex = at
    const match = step.exec(text)
    if (match === null) throw new SyntaxError(`failed to parse role-claim-key value (${text})`)
    steps.push(stepOf(match.groups ?? {}, text))
    at = step.lastIndex
  }
  return (claims) => steps.reduce<unknown>(follow, claims)
}

function stepOf(groups: Readonly<Record<string, string | undefined>>, text: string): Step {
  const name = groups['bare'] ?? groups['dotted']
  if (name !== undefined) return { kind: 'name', name }
  if (groups['index'] !== undefined) return { kind: 'index', index: Number(groups['index']) }
  return { kind: 'filter', test: parseFilter(groups['wrapped'] ?? groups['filter'] ?? '', text) }
}

const comparison = /^@\s*(==\^|==|!=|\^==|\*==)\s*(?:"([^"]*)"|'([^']*)')$/

function parseFilter(written: string, text: string): (value: string) => boolean {
  const compared = comparison.exec(written)
  if (compared === null) throw new SyntaxError(`failed to parse role-claim-key value (${text})`)
  const wanted = compared[2] ?? compared[3] ?? ''
  switch (compared[1] ?? '') {
    case '==':
      return (value) => value === wanted
    case '!=':
      return (value) => value !== wanted
    case '^==':
      return (value) => value.startsWith(wanted)
    case '==^':
      return (value) => value.endsWith(wanted)
    default:
      return (value) => value.includes(wanted)
  }
}

function follow(value: unknown, taken: Step): unknown {
  if (taken.kind === 'name') {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && Object.hasOwn(value, taken.name) ? (value as Record<string, unknown>)[taken.name] : undefined
  }
  if (!Array.isArray(value)) return undefined
  if (taken.kind === 'index') return value.at(taken.index) as unknown
  return value.find((entry) => typeof entry === 'string' && taken.test(entry)) as unknown
}
