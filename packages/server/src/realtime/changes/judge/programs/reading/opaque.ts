// Of an expression that only Postgres can evaluate: whether the values it reads of the claims are all there is to it, so
// that identities with the same values are one class nevertheless.

import { claimlessFunctions } from '../../sql/builtins.ts'
import { type ClaimsOnly, claimsOnly, type Scope } from '../../sql/claims-only.ts'
import { catalogName, childrenOf, namesOf, type Node } from '../../../../../database/syntax/syntax.ts'

/** Nodes that read nothing beyond what stands in them. Names within them are checked apart. */
const TRANSPARENT = new Set([
  'A_ArrayExpr',
  'A_Const',
  'A_Expr',
  'A_Indices',
  'A_Indirection',
  'A_Star',
  'BoolExpr',
  'BooleanTest',
  'CaseExpr',
  'CaseWhen',
  'CoalesceExpr',
  'CollateClause',
  'ColumnRef',
  'FuncCall',
  'Integer',
  'List',
  'MinMaxExpr',
  'NullTest',
  'RowExpr',
  'SQLValueFunction',
  'String',
  'TypeCast',
])

/**
 * Hands each value of the claims to `place`; true where something else in the expression may depend on who asks: a
 * subselect (other tables have policies of their own), a function or a type of the project.
 */
export function readsOtherSettings(node: Node, scope: Scope, place: (known: ClaimsOnly) => void): boolean {
  const known = claimsOnly(node, scope)
  if (known !== null) {
    if (!known.isConstant) place(known)
    return false
  }
  let reads = !namesAreBuiltin(node)
  for (const [kind, content] of Object.entries(node)) {
    if (!TRANSPARENT.has(kind)) reads = true
    // Each child, whatever the others say: their values are wanted.
    for (const child of childrenOf(content)) if (readsOtherSettings(child, scope, place)) reads = true
  }
  return reads
}

function namesAreBuiltin(node: Node): boolean {
  if ('FuncCall' in node) return claimlessFunctions.has(catalogName(namesOf(node.FuncCall.funcname)) ?? '')
  if ('A_Expr' in node) return catalogName(namesOf(node.A_Expr.name)) !== null
  return 'TypeCast' in node ? catalogName(namesOf(node.TypeCast.typeName?.names)) !== null : true
}
