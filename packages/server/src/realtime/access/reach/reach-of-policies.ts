// Finds out what policies read, from Postgres' own parse of them. Sound, not complete: one word that is not known here, and
// they may read anything.

import { childrenOf, namesOf, type Node, parseExpression, valueOfSelect } from '../../../database/syntax/syntax.ts'
import { OWN, PLAIN_TYPES, PURE, SETTINGS, TRANSPARENT } from './plain-sql.ts'
import { type Reach, unknownReach } from './reach.ts'

const HEADERS = 'request.headers'
const CLAIMS = 'request.jwt.claims'

/**
 * `expressions` are USING and WITH CHECK of every policy, as `pg_get_expr` prints them with an empty search path; `known`
 * the functions of `auth` and `realtime` that do what their names say. Needs the parser loaded.
 */
export function reachOfPolicies(expressions: readonly string[], known: ReadonlySet<string>): Reach {
  const reader = new ReachReader(known)
  for (const expression of expressions) {
    const parsed = parseExpression(expression)
    if (parsed === null || !reader.read(parsed)) return unknownReach
  }
  return { kind: 'claims', claims: [...reader.claims].toSorted(), readsHeaders: reader.readsHeaders }
}

class ReachReader {
  readonly claims = new Set<string>()
  readsHeaders = false
  readonly #known: ReadonlySet<string>

  constructor(known: ReadonlySet<string>) {
    this.#known = known
  }

  /** False for what may read more than is noted. */
  read(node: Node): boolean {
    const claim = claimOf(node, this.#known)
    if (claim !== null) return this.#note([claim])
    if ('FuncCall' in node && !this.#knows(node.FuncCall)) return false
    if ('SelectStmt' in node && !isSelectOfNothing(node.SelectStmt)) return false
    if ('A_Expr' in node && namesOf(node.A_Expr.name)?.length !== 1) return false
    if ('TypeCast' in node && !isPlainType(namesOf(node.TypeCast.typeName?.names))) return false
    return Object.entries(node).every(
      ([kind, content]) => TRANSPARENT.has(kind) && childrenOf(content).every((child) => this.read(child)),
    )
  }

  #note(claims: readonly string[] | undefined): boolean {
    for (const claim of claims ?? []) this.claims.add(claim)
    return claims !== undefined
  }

  #knows({ funcname, args }: Extract<Node, { FuncCall: unknown }>['FuncCall']): boolean {
    const [schema, name, ...more] = namesOf(funcname) ?? []
    if (schema === undefined || more.length > 0) return false
    if (name !== undefined && schema !== 'pg_catalog') return this.#knowsOwn(`${schema}.${name}`)
    const builtin = name ?? schema
    if (builtin !== 'current_setting') return PURE.has(builtin)
    const setting = textOf(args?.[0])
    if (setting === HEADERS) this.readsHeaders = true
    return setting === HEADERS || this.#note(SETTINGS.get(setting ?? ''))
  }

  #knowsOwn(name: string): boolean {
    return this.#known.has(name) && this.#note(OWN.get(name))
  }
}

/** The name in `auth.jwt() ->> 'name'` and its like; null for any other expression. */
function claimOf(node: Node, known: ReadonlySet<string>): string | null {
  if (!('A_Expr' in node)) return null
  const { name, lexpr, rexpr } = node.A_Expr
  const operator = namesOf(name)?.join('.')
  if ((operator !== '->' && operator !== '->>') || lexpr === undefined || !isAllClaims(lexpr, known)) return null
  return textOf(rexpr)
}

/** `auth.jwt()`, `(select auth.jwt())`, or the setting itself as JSON. */
function isAllClaims(node: Node, known: ReadonlySet<string>): boolean {
  if ('TypeCast' in node) return node.TypeCast.arg !== undefined && isAllClaims(node.TypeCast.arg, known)
  if ('SubLink' in node) {
    const value = valueOfSelect(node.SubLink.subselect)
    return node.SubLink.subLinkType === 'EXPR_SUBLINK' && value !== null && isAllClaims(value, known)
  }
  if (!('FuncCall' in node)) return false
  const names = namesOf(node.FuncCall.funcname)?.join('.')
  if (names === 'auth.jwt') return known.has(names)
  return names === 'current_setting' && textOf(node.FuncCall.args?.[0]) === CLAIMS
}

const SELECT_OF_VALUES = new Set(['targetList', 'limitOption', 'op'])

/** `select <values>` without a table. */
function isSelectOfNothing(select: object): boolean {
  return Object.keys(select).every((key) => SELECT_OF_VALUES.has(key))
}

function isPlainType(names: readonly string[] | null): boolean {
  const [schema, name = schema, ...more] = names ?? []
  return more.length === 0 && (name === schema || schema === 'pg_catalog') && PLAIN_TYPES.has(name ?? '')
}

function textOf(node: Node | undefined): string | null {
  if (node === undefined) return null
  if ('TypeCast' in node) return textOf(node.TypeCast.arg)
  return 'A_Const' in node ? (node.A_Const.sval?.sval ?? null) : null
}
