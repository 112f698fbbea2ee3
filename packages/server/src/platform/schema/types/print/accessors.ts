// The types by which an app names parts of its Database: `Tables<'tasks'>`, or of another schema
// `Tables<{ schema: 'app' }, 'tasks'>`. Under the names, and with the parameters, of Supabase's command.

interface Accessor {
  readonly name: string
  /** Members of a schema that it looks in. */
  readonly within: readonly string[]
  /** Which part of what it finds; null for the whole. */
  readonly part: 'Row' | 'Insert' | 'Update' | null
}

const all: readonly Accessor[] = [
  { name: 'Tables', within: ['Tables', 'Views'], part: 'Row' },
  { name: 'TablesInsert', within: ['Tables'], part: 'Insert' },
  { name: 'TablesUpdate', within: ['Tables'], part: 'Update' },
  { name: 'Enums', within: ['Enums'], part: null },
  { name: 'CompositeTypes', within: ['CompositeTypes'], part: null },
]

/** Of each, the definition. */
export const accessors = `type Schemas = Omit<Database, "__InternalSupabase">

type DefaultSchema = Schemas[Extract<keyof Schemas, "public">]

type InSchema = { schema: keyof Schemas }

${all.map(definition).join('\n')}`

function definition({ name, within, part }: Accessor): string {
  const membersOf = (schema: string): string => within.map((member) => `${schema}["${member}"]`).join(' & ')
  const inDefault = `(${membersOf('DefaultSchema')})`
  const inNamed = `(${membersOf('Schemas[Name["schema"]]')})`
  const found = (members: string, key: string): string =>
    part === null ? `${members}[${key}]` : `${members}[${key}] extends { ${part}: infer Found } ? Found : never`
  return `export type ${name}<
  Name extends keyof ${inDefault} | InSchema,
  NameInSchema extends Name extends InSchema
    ? keyof ${inNamed}
    : never = never,
> = Name extends InSchema
  ? ${found(inNamed, 'NameInSchema')}
  : Name extends keyof ${inDefault}
    ? ${found(inDefault, 'Name')}
    : never
`
}
