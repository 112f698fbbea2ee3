// All policies that hold for a role, read together: one list of values, and conditions all of which must hold.

import type { PolicyFacts, TableFacts } from '../../tables/table-facts.ts'
import { readCondition, type ReadingContext, type ValueTypes } from './reading/read-condition.ts'
import type { Residual } from './reading/residual.ts'
import { type RowReferences, rowReferences } from './reading/row-references.ts'
import { type Node, parseExpression } from '../../../../database/syntax/syntax.ts'
import { type ClaimsValue, ClaimsValues } from './reading/values.ts'
import type { Scope } from '../sql/claims-only.ts'

/** Policies with their expressions as trees. */
export interface ParsedPolicies {
  readonly facts: TableFacts
  readonly policies: readonly PolicyFacts[]
  readonly trees: readonly Node[]
  readonly references: RowReferences
}

/** Null where one of them cannot be parsed. The parser must be loaded. */
export function parsePolicies(facts: TableFacts, policies: readonly PolicyFacts[]): ParsedPolicies | null {
  const trees: Node[] = []
  for (const { using } of policies) {
    const tree = parseExpression(using)
    if (tree === null) return null
    trees.push(tree)
  }
  return { facts, policies, trees, references: rowReferences(trees, facts) }
}

export interface PolicyConditions {
  readonly conditions: readonly Residual[]
  readonly values: readonly ClaimsValue[]
  readonly readsMoreClaims: boolean
}

/** `types` are those of the values that reading without them found. */
export function readPolicies(parsed: ParsedPolicies, scope: Scope, types: ValueTypes | null): PolicyConditions {
  const { facts, policies, trees } = parsed
  const values = new ClaimsValues()
  const context: ReadingContext = { facts, scope, values, types }
  const permissive: Residual[] = []
  const conditions: Residual[] = []
  let readsMoreClaims = false
  for (const [index, { name, isPermissive }] of policies.entries()) {
    const tree = trees[index]
    if (tree === undefined) continue
    const read = readCondition(tree, name, context)
    readsMoreClaims ||= read.readsMoreClaims
    if (isPermissive) permissive.unshift(read.residual)
    else conditions.push(...conjuncts(read.residual))
  }
  const [only, ...others] = permissive
  if (only !== undefined && others.length === 0) conditions.push(...conjuncts(only))
  else conditions.push({ kind: 'any', parts: permissive })
  return { conditions, values: values.list, readsMoreClaims }
}

function conjuncts(residual: Residual): readonly Residual[] {
  return residual.kind === 'all' ? residual.parts.flatMap(conjuncts) : [residual]
}
