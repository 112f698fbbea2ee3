import { expect, test } from 'vitest'
import { parseRolePath } from './role-path.ts'

const claims = {
  role: 'reader',
  'x-role': 'dashed',
  app: { roles: ['other', 'web_editor', 'admin_all'], nested: { role: 'deep' } },
}

test.each([
  ['$.role', 'reader'],
  ['.role', 'reader'],
  ['$["x-role"]', 'dashed'],
  ["$['x-role']", 'dashed'],
  ['."x-role"', 'dashed'],
  ['.app.nested.role', 'deep'],
  ['$.app.roles[1]', 'web_editor'],
  ['$.app.roles[-1]', 'admin_all'],
  ['.app.roles[?(@ == "other")]', 'other'],
  ['.app.roles[?(@ != "other")]', 'web_editor'],
  ['.app.roles[?(@ ^== "web")]', 'web_editor'],
  ['.app.roles[?(@ ==^ "all")]', 'admin_all'],
  ['.app.roles[?(@ *== "_ed")]', 'web_editor'],
  ['$.app.roles[?search(@, "^admin")]', 'admin_all'],
  ['$.app.roles[?search(@, "[n]_all$")]', 'admin_all'],
  ['$.absent.role', undefined],
  ['$.role[0]', undefined],
  ['$.app.constructor', undefined],
])('%s finds %s', (path, role) => {
  expect(parseRolePath(path)(claims)).toBe(role)
})

test.each(['$role', '$.', 'role', '$.a[', '$.a[?(@ ~ "x")]'])('%s is no path', (path) => {
  expect(() => parseRolePath(path)).toThrow(SyntaxError)
})
