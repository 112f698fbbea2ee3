// SQL text as a type of its own, so that a user's text can never become a statement by accident.
// Text is written only in folders named `sql/` and `bootstrap/`, always through this module.

declare const sqlBrand: unique symbol

/** SQL text made by us. Values never stand in it; they travel as parameters. */
export type Sql = string & { readonly [sqlBrand]: true }

/** Marks text written in the source as SQL. Takes a literal template whose holes are SQL already. */
export function sql(parts: TemplateStringsArray, ...holes: readonly Sql[]): Sql {
  let text = parts[0] ?? ''
  for (let index = 0; index < holes.length; index += 1) text += `${holes[index]}${parts[index + 1]}`
  return text as Sql
}

/** Quotes one identifier: any text is safe, embedded quotes are doubled, NUL is removed as Postgres cannot store it. */
export function identifier(name: string): Sql {
  // Nearly every name is plain, and a statement has dozens: looking first costs a quarter of replacing.
  const inner = name.includes('"') || name.includes('\0') ? name.replaceAll('\0', '').replaceAll('"', '""') : name
  return `"${inner}"` as Sql
}

/** What stands in a schema: a relation, a function, a type. */
export interface QualifiedName {
  readonly schema: string
  readonly name: string
}

/** Quotes a name within its schema. */
export function qualified({ schema, name }: QualifiedName): Sql {
  return sql`${identifier(schema)}.${identifier(name)}`
}

/** Quotes a text literal, for the few statements that cannot take parameters (utility commands). */
export function literal(text: string): Sql {
  const quoted = `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`
  return (quoted.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted) as Sql
}

/** Joins pieces of SQL. */
export function join(pieces: readonly Sql[], separator: Sql): Sql {
  return pieces.join(separator) as Sql
}
