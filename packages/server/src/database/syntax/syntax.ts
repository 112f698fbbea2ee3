// Postgres' own parser, and the few shapes of its trees that reading policies needs. What they mean is for others to say.

import { loadModule, type Node, parseSync } from 'libpg-query'

export type { Node } from 'libpg-query'

let loading: Promise<void> | undefined

/** Loads the parser, once for the process. `parseExpression` and `parseBody` need it. */
export function loadParser(): Promise<void> {
  loading ??= loadModule()
  return loading
}

/** An expression as `pg_get_expr` prints it; null for what the parser does not understand. */
export function parseExpression(text: string): Node | null {
  return parseBody(`select ${text}`)
}

/** The one value that a text of SQL selects from nowhere; null for anything else. */
export function parseBody(text: string): Node | null {
  try {
    const [statement, ...others] = parseSync(text).stmts ?? []
    if (statement?.stmt === undefined || others.length > 0) return null
    return valueOfSelect(statement.stmt)
  } catch {
    return null
  }
}

const SELECT_OF_ONE_VALUE = new Set(['targetList', 'limitOption', 'op'])

/** The value of `select <value>`, without FROM or anything else; null for other statements. */
export function valueOfSelect(statement: Node | undefined): Node | null {
  if (statement === undefined || !('SelectStmt' in statement)) return null
  const select = statement.SelectStmt
  if (!Object.keys(select).every((key) => SELECT_OF_ONE_VALUE.has(key))) return null
  if (select.op !== 'SETOP_NONE' || select.limitOption !== 'LIMIT_OPTION_DEFAULT') return null
  const [target, ...others] = select.targetList ?? []
  if (target === undefined || others.length > 0 || !('ResTarget' in target)) return null
  return target.ResTarget.val ?? null
}

/** The texts of a qualified name, or null where it holds anything else (`*`). */
export function namesOf(nodes: readonly Node[] | undefined): readonly string[] | null {
  const names: string[] = []
  for (const node of nodes ?? []) {
    if (!('String' in node) || node.String.sval === undefined) return null
    names.push(node.String.sval)
  }
  return names
}

/** The last part of a name that is of `pg_catalog`: bare, or with that schema; null for others. */
export function catalogName(names: readonly string[] | null): string | null {
  if (names === null) return null
  if (names.length === 1) return names[0] ?? null
  return names.length === 2 && names[0] === 'pg_catalog' ? (names[1] ?? null) : null
}

/** The nodes right below what stands in a node, through lists. Names of operators, functions and types come along. */
export function childrenOf(content: unknown): readonly Node[] {
  if (typeof content !== 'object' || content === null) return []
  return Object.values(content)
    .flatMap((value: unknown) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
}

function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null) return false
  const [kind, ...others] = Object.keys(value)
  return kind !== undefined && others.length === 0 && /^[A-Z]/u.test(kind)
}
