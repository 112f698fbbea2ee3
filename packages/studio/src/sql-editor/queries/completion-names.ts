// The catalog in the form that CodeMirror's SQL completion takes.

import type { SQLNamespace } from '@codemirror/lang-sql'

interface Qualified {
  readonly schema: string
  readonly name: string
}

export interface Completions {
  readonly tables: readonly (Qualified & {
    readonly columns: readonly { readonly name: string; readonly type: string }[]
  })[]
  readonly functions: readonly (Qualified & { readonly arguments: string; readonly returns: string | null })[]
  readonly types: readonly Qualified[]
}

/** Schemas, in them tables with their columns, functions and types; names that need quotes get them. */
export function namespaceOf({ tables, functions, types }: Completions): SQLNamespace {
  const schemas: Record<string, Record<string, SQLNamespace>> = {}
  const schemaOf = (name: string): Record<string, SQLNamespace> => (schemas[name] ??= {})
  for (const { schema, name } of types) schemaOf(schema)[name] = leaf(name, 'type', '', quoted(name))
  for (const { schema, name, arguments: taken, returns } of functions) {
    const detail = `(${taken})${returns === null ? '' : ` → ${returns}`}`
    schemaOf(schema)[name] = leaf(name, 'function', detail, `${quoted(name)}()`)
  }
  for (const { schema, name, columns } of tables) {
    schemaOf(schema)[name] = {
      self: { label: name, type: 'class', apply: quoted(name) },
      children: columns.map((column) => ({
        label: column.name,
        type: 'property',
        detail: column.type,
        apply: quoted(column.name),
      })),
    }
  }
  return schemas
}

function leaf(label: string, type: string, detail: string, apply: string): SQLNamespace {
  return { self: { label, type, detail, apply }, children: [] }
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
