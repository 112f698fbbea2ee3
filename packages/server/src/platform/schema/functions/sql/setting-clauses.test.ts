import { expect, it } from 'vitest'

import { settingClauses } from './setting-clauses.ts'

it.each([
  ['search_path', '', `set "search_path" to ''`],
  ['search_path', '""', `set "search_path" to ''`],
  ['search_path', 'public, Extensions', `set "search_path" to 'public', 'extensions'`],
  ['search_path', `"$user", "a, ""b"`, `set "search_path" to '$user', 'a, "b'`],
  ['statement_timeout', '3s', `set "statement_timeout" to '3s'`],
  ['app.who', `o'neill, b`, `set "app"."who" to 'o''neill, b'`],
])('%s = %s', (name, value, clause) => {
  expect(settingClauses([{ name, value }])).toEqual([clause])
})
