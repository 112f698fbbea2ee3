import { expect, test } from 'vitest'

import { editToml, type TomlEdit } from './edit-toml.ts'

const set = (path: string, value: string | number | boolean | readonly string[]): TomlEdit => ({
  kind: 'set',
  path: path.split('.'),
  value,
})
const remove = (path: string): TomlEdit => ({ kind: 'remove', path: path.split('.') })

const template = `# A project
project_id = "shop" # its name

[api]
port = 54321
schemas = [
  "public", # the usual one
  "graphql_public",
]

# [auth.third_party.clerk]
[auth.third_party.auth0]
enabled = false
# tenant = "my-tenant"
`

test('a new table goes to the end, and taking it out gives the file back', () => {
  const edits = [
    set('auth.third_party.clerk.enabled', true),
    set('auth.third_party.clerk.domain', 'a.clerk.accounts.dev'),
  ]
  const added = editToml(template, edits)
  expect(added).toBe(`${template}\n[auth.third_party.clerk]\nenabled = true\ndomain = "a.clerk.accounts.dev"\n`)
  expect(editToml(added, [remove('auth.third_party.clerk')])).toBe(template)
})

test('an empty file becomes one table', () => {
  expect(editToml('', [set('api.max_rows', 10)])).toBe('[api]\nmax_rows = 10\n')
})

test('a value is replaced where it stands, and comments within it move above it', () => {
  const edited = editToml(template, [set('project_id', 'store'), set('api.schemas', ['public', 'say "hi"'])])
  expect(edited).toBe(
    template.replace('"shop"', '"store"').replace(
      /schemas = \[[^\]]*\]/,
      String.raw`# the usual one
schemas = ["public", "say \"hi\""]`,
    ),
  )
  const inline = 'a = { b = [ # why\n1] }\n'
  expect(() => editToml(inline, [set('a.b', 2)])).toThrow(/comments within its value/)
})

test('a new key goes beside the last one of its table', () => {
  expect(editToml(template, [set('api.max_rows', 5)])).toContain('"graphql_public",\n]\nmax_rows = 5\n\n# [auth')
  expect(editToml(template, [set('auth.third_party.auth0.tenant', 't')])).toContain(
    'enabled = false\ntenant = "t"\n# ten',
  )
  expect(editToml('a = 1\n[b]', [set('c', 2), set('b.d', 3)])).toBe('a = 1\nc = 2\n[b]\nd = 3\n')
})

test('a table that dotted keys began goes on in dotted keys', () => {
  const dotted = '[auth]\nthird_party.auth0.tenant = "t"\n\n[api]\n'
  expect(editToml(dotted, [set('auth.third_party.clerk.domain', 'd')])).toBe(
    '[auth]\nthird_party.auth0.tenant = "t"\nthird_party.clerk.domain = "d"\n\n[api]\n',
  )
  expect(editToml(dotted, [remove('auth.third_party.auth0')])).toBe('[auth]\n\n[api]\n')
})

test('quoted keys are the keys they quote, and new ones are quoted where they must be', () => {
  expect(
    editToml('["auth".\'third_party\'."cl\\u0065rk"]\n"domain" = "a"\n', [set('auth.third_party.clerk.domain', 'b')]),
  ).toBe('["auth".\'third_party\'."cl\\u0065rk"]\n"domain" = "b"\n')
  expect(editToml('', [{ kind: 'set', path: ['a b', 'c.d'], value: '\u007f' }])).toBe('["a b"]\n"c.d" = "\\u007f"\n')
})

test('a value within an inline table is replaced, and what else one would need is refused', () => {
  const inline = '[auth]\nthird_party = { clerk = { domain = "a", enabled = false }, x = [{ y = 1 }] }\n'
  expect(editToml(inline, [set('auth.third_party.clerk.enabled', true)])).toBe(inline.replace('false', 'true'))
  expect(() => editToml(inline, [set('auth.third_party.auth0.tenant', 't')])).toThrow(
    /auth\.third_party is written as an inline table/,
  )
  expect(() => editToml(inline, [remove('auth.third_party.clerk')])).toThrow(/would not read back as intended/)
  expect(editToml(inline, [remove('auth.third_party')])).toBe('[auth]\n')
})

test('what lies in an array of tables, or below what is no table, is refused', () => {
  expect(() => editToml('[[clerk.webhooks]]\nurl = "a"\n', [set('clerk.webhooks.url', 'b')])).toThrow(/array of tables/)
  expect(() => editToml('auth = 1\n', [set('auth.jwt_secret', 'b')])).toThrow(/auth is no table/)
  expect(() => editToml('[auth]\n[auth.x]\n', [set('auth.x', 1)])).toThrow(/could not be read afterwards/)
})

test('a value that the environment gives is not written over', () => {
  const text = '[auth.third_party.clerk]\ndomain = "env(CLERK_DOMAIN)"\n'
  expect(() => editToml(text, [set('auth.third_party.clerk.domain', 'b')])).toThrow(/environment variable CLERK_DOMAIN/)
  expect(editToml(text, [remove('auth.third_party.clerk')])).toBe('')
})

test('line ends stay as they are', () => {
  expect(editToml('[a]\r\nb = 1\r\n', [set('a.c', 2), set('d.e', 3)])).toBe(
    '[a]\r\nb = 1\r\nc = 2\r\n\r\n[d]\r\ne = 3\r\n',
  )
})

test('a broken document is left to the parser to refuse', () => {
  expect(() => editToml('[a', [set('a.c', 2)])).toThrow(/Invalid TOML/)
})
