import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { expect, test } from 'vitest'

import { renderSupported } from './supported/render-supported.ts'
import { SUPPORT } from './supported/support.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8')

test.each([
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SUPPORTED.md',
  ...globSync('docs/**/*.md', { cwd: REPOSITORY }),
])('every file that %s links to exists', (document) => {
  const targets = [...read(document).matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? '')
  const missing = targets.filter((target) => !existsSync(join(REPOSITORY, dirname(document), target)))
  expect(missing).toEqual([])
})

test('the README shows the two commands', () => {
  expect(read('README.md')).toContain('npm ci && npm start')
  expect(read('README.md')).toContain('npm ci && npm test')
})

test('SUPPORTED.md is what the support matrix renders to', () => {
  expect(read('SUPPORTED.md')).toBe(renderSupported(SUPPORT))
})

test('everything that is said to work names a test that exists', () => {
  const unproven = SUPPORT.flatMap((area) => area.features)
    .filter((feature) => feature.state !== 'no')
    .filter((feature) => feature.proof === undefined || !existsSync(join(REPOSITORY, feature.proof)))
  expect(unproven).toEqual([])
})
