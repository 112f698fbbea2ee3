import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSettingsFile, readSettingsFile } from './parse-settings-file.ts'

const parse = (text: string, env = {}): object => Object.fromEntries(parseSettingsFile(text, 'test.conf', env))

test.each([
  ['', {}],
  ['# nothing but a comment', {}],
  ['db-pool = 10', { 'db-pool': 10 }],
  ['db-uri="postgres://x"   # where\n\n db-max-rows = 1e3', { 'db-uri': 'postgres://x', 'db-max-rows': 1000 }],
  ['a = on\nb = off\nc = true\nd = false', { a: true, b: false, c: true, d: false }],
  [String.raw`a = "say \"é\u00e9\" \\ \n"`, { a: 'say "éé" \\ \n' }],
  ['key = "$$.role"', { key: '$.role' }],
  ['a = 1\nb = "$(a) and $(HOME_OF)"', { a: 1, b: '1 and here' }],
  ['app {\n settings {\n  host = "h"\n  url = "http://$(host)"\n }\n}', settingsOf('h')],
  ['a = [1, "two",\n # three\n true]', { a: [1, 'two', true] }],
  ['#; a = 1\nb = 2', { b: 2 }],
  ['a = 1\na = 2', { a: 2 }],
  ['a =\n # later\n 1\r\nb = 2\r\n', { a: 1, b: 2 }],
  ['app.settings.x = "y"', { 'app.settings.x': 'y' }],
])('%j is read', (text, settings) => {
  expect(parse(text, { HOME_OF: 'here' })).toEqual(settings)
})

function settingsOf(host: string): object {
  return { 'app.settings.host': host, 'app.settings.url': `http://${host}` }
}

test.each([
  ['yaml:\n  is:', 'test.conf:1'],
  ['a = 1\nb', 'test.conf:2'],
  ['a = "open', 'not closed'],
  ['a = bare', 'expected a value'],
  ['a = "$x"', 'written $$'],
  ['a = "$(nowhere)"', "no such variable: 'nowhere'"],
  ['a = 1 b = 2', 'expected a setting'],
  ['a { b = 1', 'expected }'],
])('%j is refused with its place', (text, problem) => {
  expect(() => parse(text)).toThrow(problem)
})

test('a file imports another beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-settings-'))
  writeFileSync(join(folder, 'main.conf'), 'import "more.conf"\nb = 2')
  writeFileSync(join(folder, 'more.conf'), 'a = 1\nb = 1')
  expect(Object.fromEntries(readSettingsFile(join(folder, 'main.conf'), {}))).toEqual({ a: 1, b: 2 })
  rmSync(folder, { recursive: true })
})
