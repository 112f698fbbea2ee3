// The statements that make, change and drop a function.

import { identifier, join, literal, qualified, type QualifiedName, type Sql, sql } from '../../../../database/sql.ts'
import { cascadeIf } from '../../../database/sql/cascade.ts'
import { bracketed } from '../../../database/sql/expression.ts'
import { asWritten } from '../../../database/sql/as-written.ts'
import type { ArgumentMode, Behaviour, Security } from '../function-input.ts'
import { dollarQuoted } from './dollar-quoted.ts'
import { type Setting, settingClauses } from './setting-clauses.ts'

/** An argument or a column of the answer; the type is Postgres' own spelling of one that exists. */
export interface TypedName {
  readonly name: string
  readonly type: string
}

export interface Argument extends TypedName {
  readonly mode: ArgumentMode
  /** An SQL expression. */
  readonly default: string | null
}

export type Returns =
  | { readonly kind: 'one' | 'set'; readonly type: string }
  | { readonly kind: 'table'; readonly columns: readonly TypedName[] }

interface Manner {
  readonly language: string
  readonly behaviour: Behaviour
  readonly security: Security
  readonly configuration: readonly Setting[]
  readonly definition: string
}

export interface NewFunction extends QualifiedName, Manner {
  readonly arguments: readonly Argument[]
  /** Null where OUT arguments say it. */
  readonly returns: Returns | null
}

/** What stands between the name and the body of a function that is there, as Postgres prints it. */
export interface Kept extends QualifiedName {
  readonly kind: 'function' | 'procedure'
  readonly arguments: string
  readonly returns: string | null
  /** `STRICT`, `COST 7` and others that no form shows. */
  readonly others: readonly string[]
  /** The body is SQL of the standard's form, which Postgres keeps parsed, not text. */
  readonly parsedBody: boolean
}

/** `CREATE FUNCTION`; refused by Postgres where one with these arguments is there. */
export function createFunction(wanted: NewFunction): Sql {
  const returns = wanted.returns === null ? [] : [sql`returns ${returnsText(wanted.returns)}`]
  const clauses = [...returns, ...mannerClauses(wanted), sql`as ${dollarQuoted(wanted.definition)}`]
  const list = join(wanted.arguments.map(argumentText), sql`, `)
  return sql`create function ${qualified(wanted)}(${list})
  ${join(clauses, sql`\n  `)}`
}

/** `CREATE OR REPLACE` with the arguments and the return type that are there. */
export function replaceFunction(kept: Kept, manner: Manner): Sql {
  const returns = kept.returns === null ? [] : [sql`returns ${asWritten(kept.returns)}`]
  const parsed = kept.parsedBody && /^\s*(begin\s+atomic|return)\b/i.test(manner.definition)
  const body = parsed ? asWritten(manner.definition) : sql`as ${dollarQuoted(manner.definition)}`
  const clauses = [...returns, ...mannerClauses(manner, kept.kind), ...kept.others.map(asWritten), body]
  return sql`create or replace ${asWritten(kept.kind)} ${qualified(kept)}(${asWritten(kept.arguments)})
  ${join(clauses, sql`\n  `)}`
}

/** A function as the statements about one that is there name it. */
export interface Signature extends QualifiedName {
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window'
  /** `pg_get_function_identity_arguments`. */
  readonly identity: string
}

/** `function "public"."f"(a integer)`. */
export function signatureText(signature: Signature): Sql {
  const kind = signature.kind === 'window' ? 'function' : signature.kind
  return sql`${asWritten(kind)} ${qualified(signature)}(${asWritten(signature.identity)})`
}

/** DROP FUNCTION, or the word of its kind. */
export function dropFunction(signature: Signature, cascade: boolean): Sql {
  return sql`drop ${signatureText(signature)}${cascadeIf(cascade)}`
}

/** Another name in the same schema. */
export function renameFunction(signature: Signature, to: string): Sql {
  return sql`alter ${signatureText(signature)} rename to ${identifier(to)}`
}

/** The same name in another schema. */
export function moveFunction(signature: Signature, schema: string): Sql {
  return sql`alter ${signatureText(signature)} set schema ${identifier(schema)}`
}

/** An empty comment is none. */
export function commentOnFunction(signature: Signature, comment: string): Sql {
  return sql`comment on ${signatureText(signature)} is ${comment === '' ? sql`null` : literal(comment)}`
}

function argumentText({ name, type, mode, default: preset }: Argument): Sql {
  const words = [
    ...(mode === 'in' ? [] : [asWritten(mode)]),
    ...(name === '' ? [] : [identifier(name)]),
    asWritten(type),
    ...(preset === null ? [] : [sql`default ${bracketed(`The default of ${name}`, preset)}`]),
  ]
  return join(words, sql` `)
}

function returnsText(returns: Returns): Sql {
  if (returns.kind !== 'table') return sql`${returns.kind === 'set' ? sql`setof ` : sql``}${asWritten(returns.type)}`
  const columns = returns.columns.map(({ name, type }) => sql`${identifier(name)} ${asWritten(type)}`)
  return sql`table(${join(columns, sql`, `)})`
}

/** A procedure has no behaviour to speak of. */
function mannerClauses(manner: Manner, kind: Kept['kind'] = 'function'): readonly Sql[] {
  return [
    sql`language ${identifier(manner.language)}`,
    ...(kind === 'procedure' ? [] : [asWritten(manner.behaviour)]),
    asWritten(`security ${manner.security}`),
    ...settingClauses(manner.configuration),
  ]
}
