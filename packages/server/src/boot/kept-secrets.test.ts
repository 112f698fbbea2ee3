import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { keptSecrets } from './kept-secrets.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => join(folder, 'secrets.json')

test('secrets are made once, for their owner alone', () => {
  const made = keptSecrets(folder)
  expect(made.clerkSecretKey).toMatch(/^sk_test_\w{40,}$/)
  expect(made.clerkMirrorSecret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
  expect(keptSecrets(folder)).toEqual(made)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
})

test('a secret that came later is added, and the older ones stay', () => {
  writeFileSync(file(), '{"clerkSecretKey":"sk_test_from_before"}')
  const { clerkSecretKey, clerkMirrorSecret } = keptSecrets(folder)
  expect(clerkSecretKey).toBe('sk_test_from_before')
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ clerkSecretKey, clerkMirrorSecret })
})

test.each(['{', '{"clerkSecretKey":4}'])('a file that is broken is refused: %s', (text) => {
  writeFileSync(file(), text)
  expect(() => keptSecrets(folder)).toThrowError(expect.objectContaining({ code: 'boot.config-invalid' }))
})
