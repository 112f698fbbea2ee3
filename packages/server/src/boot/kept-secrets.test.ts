import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { ClerkInstanceConfig } from './config/project-config.ts'
import { keptSecrets } from './kept-secrets.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function instance(name: string, more: Partial<ClerkInstanceConfig> = {}): ClerkInstanceConfig {
  return {
    name,
    domain: `${name}.example.com`,
    secretKey: null,
    environment: 'development',
    profile: null,
    seedPath: null,
    connected: true,
    settings: {},
    ...more,
  }
}

const file = (): string => join(folder, 'secrets.json')

test('each instance’s key is made once, and a new instance leaves those before it as they are', () => {
  const first = keptSecrets(folder, [instance('default')]).clerkSecretKeys
  const both = keptSecrets(folder, [instance('default'), instance('shop', { environment: 'production' })])
  expect(both.clerkSecretKeys).toMatchObject(first)
  expect(both.clerkMirrorSecret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
  expect(both.clerkSecretKeys['default']).toMatch(/^sk_test_\w{40,}$/)
  expect(both.clerkSecretKeys['shop']).toMatch(/^sk_live_\w{40,}$/)
  expect(keptSecrets(folder, [instance('default'), instance('shop')])).toEqual(both)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
})

test('no key is made for an instance that the configuration gives one', () => {
  const { clerkSecretKeys } = keptSecrets(folder, [instance('default'), instance('shop', { secretKey: 'sk_test_own' })])
  expect(Object.keys(clerkSecretKeys)).toEqual(['default'])
})

test('secrets that came later are added, and the older ones stay', () => {
  writeFileSync(file(), '{"clerkSecretKey":"sk_test_from_before"}')
  const { clerkSecretKeys, clerkMirrorSecret } = keptSecrets(folder, [instance('default')])
  expect(clerkSecretKeys).toEqual({ default: 'sk_test_from_before' })
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
    clerkSecretKey: 'sk_test_from_before',
    clerkMirrorSecret,
  })
})

test.each(['{', '{"clerkSecretKey":4}', '{"clerkSecretKey":"sk_test_a","clerkInstances":{"shop":4}}'])(
  'a file that is broken is refused and left alone: %s',
  (text) => {
    writeFileSync(file(), text)
    expect(() => keptSecrets(folder, [instance('default')])).toThrow(
      expect.objectContaining({ code: 'boot.config-invalid' }),
    )
    expect(readFileSync(file(), 'utf8')).toBe(text)
  },
)
