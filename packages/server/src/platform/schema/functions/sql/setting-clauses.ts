// `SET name TO value` of a function: values of settings that are lists are told element by element, as Postgres would
// otherwise take the whole text for one name.

import { identifier, join, literal, type Sql, sql } from '../../../../database/sql.ts'

export interface Setting {
  readonly name: string
  readonly value: string
}

/** The settings whose values Postgres keeps as lists of quoted names. */
const lists = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
  'shared_preload_libraries',
  'unix_socket_directories',
])

/** One line for each. */
export function settingClauses(settings: readonly Setting[]): readonly Sql[] {
  return settings.map(({ name, value }) => {
    const path = join(name.split('.').map(identifier), sql`.`)
    const values = lists.has(name.toLowerCase()) ? elementsOf(value).map(literal) : [literal(value)]
    return sql`set ${path} to ${join(values, sql`, `)}`
  })
}

/** `"$user", public` has two elements; an empty text has one, which is empty. */
function elementsOf(value: string): readonly string[] {
  const elements = value.match(/"(?:[^"]|"")*"|[^\s,"]+/g) ?? ['']
  return elements.map((element) =>
    element.startsWith('"') ? element.slice(1, -1).replaceAll('""', '"') : element.toLowerCase(),
  )
}
