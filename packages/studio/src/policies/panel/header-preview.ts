// The head of the statement that a draft becomes, as text that nobody types.

import type { PolicyDraft } from './policy-form.ts'

/** CREATE POLICY up to its expressions, with names quoted as Postgres wants them. */
export function headerOf(schema: string, { table, name, behaviour, command, roles }: PolicyDraft): string {
  const to = roles.length === 0 ? 'public' : roles.map(bareOrQuoted).join(', ')
  return [
    `create policy ${quoted(name === '' ? '…' : name)}`,
    `on ${quoted(schema)}.${quoted(table === '' ? '…' : table)}`,
    `as ${behaviour.toUpperCase()}`,
    `for ${command}`,
    `to ${to}`,
  ].join('\n')
}

function bareOrQuoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoted(name)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
