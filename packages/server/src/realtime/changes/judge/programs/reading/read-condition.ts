// One policy's expression as a residual over columns and values. What is not recognised stays with Postgres, as a whole:
// never more is let through than the expression lets.

import type { TableFacts } from '../../../tables/table-facts.ts'
import { type ClaimsOnly, claimsOnly, claimsOnlyArray, type Scope } from '../../sql/claims-only.ts'
import { type Family, familyOfColumn, familyOfType } from './families.ts'
import { readsOtherSettings } from './opaque.ts'
import type { Residual } from './residual.ts'
import { catalogName, namesOf, type Node, valueOfSelect } from '../../../../../database/syntax/syntax.ts'
import type { ClaimsValue, ClaimsValues } from './values.ts'

/** Oid of a value's type, and of its elements' where it is an array; by the value's SQL. */
export type ValueTypes = ReadonlyMap<string, { readonly type: number; readonly element: number }>

export interface ReadingContext {
  readonly facts: TableFacts
  readonly scope: Scope
  readonly values: ClaimsValues
  /** Null on the first reading, which finds out what values there are. */
  readonly types: ValueTypes | null
}

export interface ReadCondition {
  readonly residual: Residual
  /** Some of what is left to Postgres may depend on claims that are not among the values. */
  readonly readsMoreClaims: boolean
}

export function readCondition(expression: Node, policy: string, context: ReadingContext): ReadCondition {
  const reader = new ConditionReader(policy, context)
  const residual = reader.read(expression)
  return { residual, readsMoreClaims: reader.readsMoreClaims }
}

interface Operand {
  readonly column: number
  readonly family: Family
}

class ConditionReader {
  readsMoreClaims = false
  readonly #policy: string
  readonly #context: ReadingContext

  constructor(policy: string, context: ReadingContext) {
    this.#policy = policy
    this.#context = context
  }

  read(node: Node): Residual {
    const known = claimsOnly(node, this.#context.scope)
    if (known !== null) return this.#value(known) ?? this.#opaque(node)
    return this.#shape(node) ?? this.#opaque(node)
  }

  #shape(node: Node): Residual | null {
    if ('BoolExpr' in node) return this.#logic(node.BoolExpr)
    if ('A_Expr' in node) return this.#comparison(node.A_Expr)
    if ('NullTest' in node) return this.#nullTest(node.NullTest)
    if ('BooleanTest' in node) return this.#truth(node.BooleanTest)
    if ('SubLink' in node) return this.#subselect(node.SubLink)
    const operand = this.#operand(node)
    return operand?.family === 'boolean' ? { kind: 'column', column: operand.column } : null
  }

  #opaque(node: Node): Residual {
    const { scope, values } = this.#context
    const place = (known: ClaimsOnly): void => void values.place(known, 'scalar', this.#policy)
    if (readsOtherSettings(node, scope, place)) this.readsMoreClaims = true
    return { kind: 'opaque' }
  }

  #value(known: ClaimsOnly): Residual | null {
    const value = this.#place(known, 'boolean', 'scalar')
    return value === null ? null : { kind: 'value', value }
  }

  #logic({ boolop, args }: Extract<Node, { BoolExpr: unknown }>['BoolExpr']): Residual | null {
    const parts = (args ?? []).map((part) => this.read(part))
    const [first] = parts
    if (first === undefined) return null
    if (boolop === 'NOT_EXPR') return { kind: 'not', part: first }
    return { kind: boolop === 'AND_EXPR' ? 'all' : 'any', parts }
  }

  #comparison({ kind, name, lexpr, rexpr }: Extract<Node, { A_Expr: unknown }>['A_Expr']): Residual | null {
    const operator = catalogName(namesOf(name))
    if (lexpr === undefined || rexpr === undefined) return null
    if (kind === 'AEXPR_OP' && operator === '=') return this.#equality(lexpr, rexpr)
    if (kind === 'AEXPR_OP' && operator === '<>') return negated(this.#equality(lexpr, rexpr))
    if (kind === 'AEXPR_OP_ANY' && operator === '=') return this.#membership(lexpr, rexpr)
    if (kind === 'AEXPR_OP_ALL' && operator === '<>') return negated(this.#membership(lexpr, rexpr))
    if (kind === 'AEXPR_DISTINCT' && operator === '=') return this.#distinction(lexpr, rexpr)
    if (kind === 'AEXPR_NOT_DISTINCT' && operator === '=') return negated(this.#distinction(lexpr, rexpr))
    return null
  }

  #equality(left: Node, right: Node): Residual | null {
    const [one, other] = [this.#operand(left), this.#operand(right)]
    if (one !== null && other !== null) {
      return one.family === other.family ? { kind: 'same', column: one.column, other: other.column } : null
    }
    return this.#against('equal', one ?? other, one === null ? left : right)
  }

  #distinction(left: Node, right: Node): Residual | null {
    const operand = this.#operand(left)
    return this.#against('distinct', operand ?? this.#operand(right), operand === null ? left : right)
  }

  #against(kind: 'equal' | 'distinct', operand: Operand | null, node: Node): Residual | null {
    const known = operand === null ? null : claimsOnly(node, this.#context.scope)
    if (operand === null || known === null) return null
    const value = this.#place(known, operand.family, 'scalar')
    return value === null ? null : { kind, column: operand.column, value }
  }

  #membership(left: Node, right: Node): Residual | null {
    const operand = this.#operand(left)
    const known = operand === null ? null : claimsOnly(right, this.#context.scope)
    return operand === null || known === null ? null : this.#member(operand, known)
  }

  /** `column in (select …)` where the subselect reads no table. */
  #subselect(link: Extract<Node, { SubLink: unknown }>['SubLink']): Residual | null {
    const { subLinkType, testexpr, operName, subselect } = link
    if (subLinkType !== 'ANY_SUBLINK' || testexpr === undefined || operName !== undefined) return null
    const operand = this.#operand(testexpr)
    const selected = valueOfSelect(subselect)
    const known = selected === null ? null : claimsOnlyArray(selected, this.#context.scope)
    return operand === null || known === null ? null : this.#member(operand, known)
  }

  #member({ column, family }: Operand, known: ClaimsOnly): Residual | null {
    // The elements are compared as Postgres casts them to text, which prints a boolean as `true`.
    if (family === 'boolean') return null
    const value = this.#place(known, family, 'array')
    return value === null ? null : { kind: 'member', column, value }
  }

  #nullTest({ arg, nulltesttype }: Extract<Node, { NullTest: unknown }>['NullTest']): Residual | null {
    if (arg === undefined || !('ColumnRef' in arg)) return null
    const column = this.#columnOf(arg)
    // A composite value is NULL when its fields are, a domain's when what it is made of is.
    const kind = this.#context.facts.columns[column]?.typeKind
    if (kind !== 'base' && kind !== 'enum' && kind !== 'range') return null
    const test: Residual = { kind: 'null', column }
    return nulltesttype === 'IS_NOT_NULL' ? { kind: 'not', part: test } : test
  }

  #truth({ arg, booltesttype }: Extract<Node, { BooleanTest: unknown }>['BooleanTest']): Residual | null {
    const tested = booltesttype === undefined ? undefined : truthTests[booltesttype]
    if (arg === undefined || tested === undefined) return null
    const test: Residual = { kind: 'truth', part: this.read(arg), is: tested.is }
    return tested.isNegated ? { kind: 'not', part: test } : test
  }

  /** A column as it is, or cast to a type in which its text is equal exactly when it is. */
  #operand(node: Node): Operand | null {
    if (!('TypeCast' in node)) return this.#plainColumn(node)
    const { arg, typeName } = node.TypeCast
    const type =
      typeName?.typmods === undefined && typeName?.arrayBounds === undefined ? namesOf(typeName?.names) : null
    const operand = arg === undefined ? null : this.#plainColumn(arg)
    const target = catalogName(type)
    if (operand === null || operand.family === 'boolean') return null
    if (target === 'text' || target === 'varchar') return { ...operand, family: 'text' }
    return target === 'int8' && operand.family === 'integer' ? operand : null
  }

  #plainColumn(node: Node): Operand | null {
    const column = this.#columnOf(node)
    const facts = this.#context.facts.columns[column]
    const family = facts === undefined ? null : familyOfColumn(facts)
    return family === null ? null : { column, family }
  }

  #columnOf(node: Node): number {
    const names = 'ColumnRef' in node ? namesOf(node.ColumnRef.fields) : null
    if (names?.length !== 1) return -1
    return this.#context.facts.columns.findIndex(({ name }) => name === names[0])
  }

  /** Null where its type is not of the family. */
  #place(known: ClaimsOnly, family: Family, shape: ClaimsValue['shape']): number | null {
    const { values, types, facts } = this.#context
    if (family === 'text' && known.namesProjectType && facts.hasNondeterministicCollations) return null
    const found = types?.get(known.sql)
    if (types !== null && found === undefined) return null
    const type = shape === 'array' ? found?.element : found?.type
    if (type !== undefined && (familyOfType(type) ?? `enum ${type}`) !== family) return null
    return values.place(known, shape, this.#policy)
  }
}

const truthTests: Readonly<
  Record<string, { readonly is: 'true' | 'false' | 'unknown'; readonly isNegated: boolean } | undefined>
> = {
  IS_TRUE: { is: 'true', isNegated: false },
  IS_NOT_TRUE: { is: 'true', isNegated: true },
  IS_FALSE: { is: 'false', isNegated: false },
  IS_NOT_FALSE: { is: 'false', isNegated: true },
  IS_UNKNOWN: { is: 'unknown', isNegated: false },
  IS_NOT_UNKNOWN: { is: 'unknown', isNegated: true },
}

function negated(residual: Residual | null): Residual | null {
  return residual === null ? null : { kind: 'not', part: residual }
}
