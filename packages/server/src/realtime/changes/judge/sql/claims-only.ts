// Expressions whose value is the role's and the claims' alone: the same for every row, at any time, whatever the tables
// hold. Told and written by one walk, so that nothing is written which was not recognised; what is written names
// `pg_catalog` wherever it means it.

import { identifier, join, literal, type Sql, sql } from '../../../../database/sql.ts'
import { catalogName, namesOf, type Node, valueOfSelect } from '../../../../database/syntax/syntax.ts'
import { builtinFunctions, builtinOperators, builtinTypes, setFunctions } from './builtins.ts'

/** What names mean where the expression stands. */
export interface Scope {
  /** A function of the project that reads nothing but its arguments and the claims. */
  isClaimsOnly(names: readonly string[]): boolean
  /** The bare name can only be the built-in function. */
  isBuiltin(name: string): boolean
  /** A parameter of the function whose body this is. */
  isParameter(name: string): boolean
}

export interface ClaimsOnly {
  readonly sql: Sql
  /** The same for everybody. */
  readonly isConstant: boolean
  /** Names a type of the project: an enum, or a domain with a collation of its own. */
  readonly namesProjectType: boolean
}

/** The expression as SQL; null for one that reads more, that is a set of values, or that is not understood. */
export function claimsOnly(node: Node, scope: Scope): ClaimsOnly | null {
  const parts = new Parts(scope)
  const text = parts.write(node)
  return text === null || parts.isSet ? null : found(text, parts)
}

/** The array of what a subselect without FROM selects, be it one value or a set of them. */
export function claimsOnlyArray(selected: Node, scope: Scope): ClaimsOnly | null {
  const parts = new Parts(scope)
  const text = parts.write(selected)
  return text === null ? null : found(sql`array(select ${text})`, parts)
}

function found(text: Sql, parts: Parts): ClaimsOnly {
  return { sql: text, isConstant: parts.isConstant, namesProjectType: parts.namesProjectType }
}

/** The name of a setting in which the verified token's claims stand. */
const claimsSetting = /^request\.jwt\./u

const userFunctions = new Set(['SVFOP_CURRENT_USER', 'SVFOP_CURRENT_ROLE', 'SVFOP_USER', 'SVFOP_SESSION_USER'])

const nullTests: Readonly<Record<string, Sql>> = { IS_NULL: sql`is null`, IS_NOT_NULL: sql`is not null` }

const booleanTests: Readonly<Record<string, Sql>> = {
  IS_TRUE: sql`is true`,
  IS_NOT_TRUE: sql`is not true`,
  IS_FALSE: sql`is false`,
  IS_NOT_FALSE: sql`is not false`,
  IS_UNKNOWN: sql`is unknown`,
  IS_NOT_UNKNOWN: sql`is not unknown`,
}

class Parts {
  isConstant = true
  namesProjectType = false
  isSet = false
  readonly #scope: Scope

  constructor(scope: Scope) {
    this.#scope = scope
  }

  write(node: Node): Sql | null {
    if ('A_Const' in node) return constant(node.A_Const)
    if ('TypeCast' in node) return this.#cast(node.TypeCast)
    if ('A_Expr' in node) return this.#operation(node.A_Expr)
    if ('BoolExpr' in node) return this.#logic(node.BoolExpr)
    if ('NullTest' in node) return this.#test(node.NullTest.arg, nullTests[node.NullTest.nulltesttype ?? ''])
    if ('BooleanTest' in node)
      return this.#test(node.BooleanTest.arg, booleanTests[node.BooleanTest.booltesttype ?? ''])
    if ('CoalesceExpr' in node) return this.#list(node.CoalesceExpr.args, (args) => sql`coalesce(${args})`)
    if ('A_ArrayExpr' in node) return this.#list(node.A_ArrayExpr.elements, (elements) => sql`array[${elements}]`)
    if ('CaseExpr' in node) return this.#choice(node.CaseExpr)
    if ('FuncCall' in node) return this.#call(node.FuncCall)
    if ('SubLink' in node) return this.#subselect(node.SubLink)
    if ('SQLValueFunction' in node) return this.#user(node.SQLValueFunction.op)
    return this.#parameter(node)
  }

  #cast({ arg, typeName }: Extract<Node, { TypeCast: unknown }>['TypeCast']): Sql | null {
    if (arg === undefined || typeName === undefined) return null
    const names = namesOf(typeName.names)
    if (names === null || typeName.typmods !== undefined || typeName.setof === true) return null
    const builtin = catalogName(names)
    const isKnown = builtin !== null && builtinTypes.has(builtin)
    // A label of an enum, as policies print it: always with its schema, always a constant.
    if (!isKnown && !(names.length === 2 && builtin === null && 'A_Const' in arg)) return null
    if (!isKnown) this.namesProjectType = true
    const [schema, name] = builtin === null ? names : ['pg_catalog', builtin]
    const value = this.write(arg)
    if (value === null || schema === undefined || name === undefined) return null
    return sql`cast(${value} as ${identifier(schema)}.${identifier(name)}${typeName.arrayBounds === undefined ? sql`` : sql`[]`})`
  }

  #operation({ kind, name, lexpr, rexpr }: Extract<Node, { A_Expr: unknown }>['A_Expr']): Sql | null {
    const operator = catalogName(namesOf(name))
    if (operator === null || lexpr === undefined || rexpr === undefined) return null
    const left = this.write(lexpr)
    const right = this.write(rexpr)
    if (left === null || right === null) return null
    if (kind === 'AEXPR_NULLIF') return sql`nullif(${left}, ${right})`
    if (kind === 'AEXPR_DISTINCT') return sql`(${left} is distinct from ${right})`
    if (kind === 'AEXPR_NOT_DISTINCT') return sql`(${left} is not distinct from ${right})`
    const known = builtinOperators.get(operator)
    if (known === undefined) return null
    if (kind === 'AEXPR_OP' || kind === 'AEXPR_LIKE') return sql`(${left} ${known} ${right})`
    if (kind === 'AEXPR_OP_ANY') return sql`(${left} ${known} any (${right}))`
    return kind === 'AEXPR_OP_ALL' ? sql`(${left} ${known} all (${right}))` : null
  }

  #logic({ boolop, args }: Extract<Node, { BoolExpr: unknown }>['BoolExpr']): Sql | null {
    if (boolop === 'NOT_EXPR') return this.#list(args, (part) => sql`(not ${part})`)
    return this.#list(args, (parts) => sql`(${parts})`, boolop === 'AND_EXPR' ? sql` and ` : sql` or `)
  }

  #test(arg: Node | undefined, test: Sql | undefined): Sql | null {
    const value = arg === undefined ? null : this.write(arg)
    return value === null || test === undefined ? null : sql`(${value} ${test})`
  }

  #choice({ arg, args, defresult }: Extract<Node, { CaseExpr: unknown }>['CaseExpr']): Sql | null {
    if (arg !== undefined) return null
    const branches: Sql[] = []
    for (const branch of args ?? []) {
      if (!('CaseWhen' in branch)) return null
      const { expr, result } = branch.CaseWhen
      const condition = expr === undefined ? null : this.write(expr)
      const value = result === undefined ? null : this.write(result)
      if (condition === null || value === null) return null
      branches.push(sql`when ${condition} then ${value}`)
    }
    const otherwise = defresult === undefined ? sql`null` : this.write(defresult)
    return otherwise === null ? null : sql`case ${join(branches, sql` `)} else ${otherwise} end`
  }

  #call(call: Extract<Node, { FuncCall: unknown }>['FuncCall']): Sql | null {
    const { funcname, args, funcformat, location: _, ...others } = call
    const names = namesOf(funcname)
    if (names === null || Object.keys(others).length > 0 || funcformat !== 'COERCE_EXPLICIT_CALL') return null
    this.isConstant = false
    const builtin = catalogName(names)
    if (builtin !== null && names.length === 1 && !this.#scope.isBuiltin(builtin)) {
      return this.#scope.isClaimsOnly(names)
        ? this.#list(args, (values) => sql`${identifier(builtin)}(${values})`)
        : null
    }
    if (builtin === 'current_setting' && !readsClaims(args?.[0])) return null
    if (builtin !== null && !builtinFunctions.has(builtin)) return null
    if (builtin !== null && setFunctions.has(builtin)) this.isSet = true
    if (builtin === null && !this.#scope.isClaimsOnly(names)) return null
    const [schema, name] = builtin === null ? names : ['pg_catalog', builtin]
    if (schema === undefined || name === undefined) return null
    return this.#list(args, (values) => sql`${identifier(schema)}.${identifier(name)}(${values})`)
  }

  #subselect({ subLinkType, subselect }: Extract<Node, { SubLink: unknown }>['SubLink']): Sql | null {
    const selected = valueOfSelect(subselect)
    const isSetSoFar = this.isSet
    const value = selected === null ? null : this.write(selected)
    if (value === null) return null
    if (subLinkType === 'EXPR_SUBLINK') return sql`(select ${value})`
    this.isSet = isSetSoFar
    return subLinkType === 'ARRAY_SUBLINK' ? sql`array(select ${value})` : null
  }

  #user(op: string | undefined): Sql | null {
    this.isConstant = false
    if (op === undefined || !userFunctions.has(op)) return null
    return op === 'SVFOP_SESSION_USER' ? sql`session_user` : sql`current_user`
  }

  #parameter(node: Node): Sql | null {
    this.isConstant = false
    if ('ParamRef' in node) return this.#scope.isParameter('') ? sql`null` : null
    if (!('ColumnRef' in node)) return null
    const names = namesOf(node.ColumnRef.fields)
    return names?.length === 1 && this.#scope.isParameter(names[0] ?? '') ? sql`null` : null
  }

  #list(nodes: readonly Node[] | undefined, wrap: (list: Sql) => Sql, separator: Sql = sql`, `): Sql | null {
    const written: Sql[] = []
    for (const node of nodes ?? []) {
      const text = this.write(node)
      if (text === null) return null
      written.push(text)
    }
    return wrap(join(written, separator))
  }
}

function constant(value: Extract<Node, { A_Const: unknown }>['A_Const']): Sql | null {
  if (value.isnull === true) return sql`null`
  if (value.sval !== undefined) return literal(value.sval.sval ?? '')
  if (value.boolval !== undefined) return value.boolval.boolval === true ? sql`true` : sql`false`
  // An integer that is zero comes without its value.
  if (value.ival !== undefined) return sql`(${String(value.ival.ival ?? 0) as Sql})`
  const number = value.fval?.fval
  return number !== undefined && /^[0-9.e+-]+$/iu.test(number) ? sql`(${number as Sql})` : null
}

function readsClaims(argument: Node | undefined): boolean {
  if (argument === undefined) return false
  if ('TypeCast' in argument) return readsClaims(argument.TypeCast.arg)
  return 'A_Const' in argument && claimsSetting.test(argument.A_Const.sval?.sval ?? '')
}
