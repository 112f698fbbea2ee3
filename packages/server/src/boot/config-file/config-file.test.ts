import {
  chmodSync,
  lstatSync,
  symlinkSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { ConfigEdit, ConfigPort } from '../../platform/project/config-file/config-port.ts'
import { openConfigFile } from './config-file.ts'

let folder: string
let file: string
let config: ConfigPort

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-config-'))
  mkdirSync(join(folder, 'supabase'))
  file = join(folder, 'supabase', 'config.toml')
  config = openConfigFile({ projectDir: folder, environment: { DOMAIN: 'a.clerk.accounts.dev' } })
})
afterEach(() => rmSync(folder, { recursive: true }))

const maxRows = (value: number): readonly ConfigEdit[] => [{ kind: 'set', path: ['api', 'max_rows'], value }]

const throwing = (message: string) => (): never => {
  throw new Error(message)
}

test('a file that is missing is made, with what it then says applied', async () => {
  const applied: unknown[] = []
  await config.change({ plan: () => maxRows(7), apply: (next) => void applied.push(next.maxRows) })
  expect(readFileSync(file, 'utf8')).toBe('[api]\nmax_rows = 7\n')
  expect(applied).toEqual([7])
})

test('environment variables are replaced in what is read, and stand in what is written', async () => {
  writeFileSync(file, '[auth.third_party.clerk]\nenabled = true\ndomain = "env(DOMAIN)"\n')
  const { thirdParty, written } = await config.read()
  expect(thirdParty).toEqual({ clerk: { enabled: true, domain: 'a.clerk.accounts.dev' } })
  expect(written).toEqual({ auth: { third_party: { clerk: { enabled: true, domain: 'env(DOMAIN)' } } } })
  const edit: ConfigEdit = { kind: 'set', path: ['auth', 'third_party', 'clerk', 'domain'], value: 'b' }
  await expect(config.change({ plan: () => [edit], apply: () => {} })).rejects.toMatchObject({
    code: 'config.not-editable',
    detail: { key: 'auth.third_party.clerk.domain' },
  })
})

test('what would not start a server is not written, and neither is what a check refuses', async () => {
  const apply = throwing('not to be reached')
  await expect(config.change({ plan: () => maxRows(-1), apply })).rejects.toMatchObject({
    code: 'config.invalid',
    detail: { key: 'api.max_rows' },
  })
  const check = throwing('checked')
  await expect(config.change({ plan: () => maxRows(1), check, apply })).rejects.toThrow('checked')
  expect(existsSync(file)).toBe(false)
})

test('where the server cannot follow, the file is put back', async () => {
  const apply = throwing('cannot follow')
  await expect(config.change({ plan: () => maxRows(1), apply })).rejects.toThrow('cannot follow')
  expect(existsSync(file)).toBe(false)
  writeFileSync(file, '# mine\n')
  await expect(config.change({ plan: () => maxRows(1), apply })).rejects.toThrow('cannot follow')
  expect(readFileSync(file, 'utf8')).toBe('# mine\n')
})

test('what somebody else writes meanwhile is not written over', async () => {
  writeFileSync(file, '# old\n')
  const check = (): void => writeFileSync(file, '# by hand\n')
  await expect(config.change({ plan: () => maxRows(1), check, apply: () => {} })).rejects.toMatchObject({
    code: 'config.changed',
  })
  expect(readFileSync(file, 'utf8')).toBe('# by hand\n')
  expect(readdirSync(join(folder, 'supabase'))).toEqual(['config.toml'])
})

test('changes asked for at the same time are made one after the other, and the mode of the file stays', async () => {
  writeFileSync(file, '')
  chmodSync(file, 0o640)
  const edits = ['a', 'b', 'c'].map((name) => ({ kind: 'set' as const, path: ['remotes', name], value: 'x' }))
  await Promise.all(edits.map((edit) => config.change({ plan: () => [edit], apply: () => {} })))
  expect(readFileSync(file, 'utf8')).toBe('[remotes]\na = "x"\nb = "x"\nc = "x"\n')
  expect(statSync(file).mode & 0o777).toBe(0o640)
})

test('a link stays a link, and what it leads to is changed', async () => {
  const shared = join(folder, 'shared.toml')
  writeFileSync(shared, '')
  symlinkSync(shared, file)
  await config.change({ plan: () => maxRows(3), apply: () => {} })
  expect([lstatSync(file).isSymbolicLink(), readFileSync(shared, 'utf8')]).toEqual([true, '[api]\nmax_rows = 3\n'])
})

test('a file that is no TOML is refused with the place', async () => {
  writeFileSync(file, '[api\n')
  await expect(config.read()).rejects.toMatchObject({ code: 'config.invalid', detail: { key: '' } })
})
