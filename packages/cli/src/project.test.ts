import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { findProject, readPresentProject } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-project-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a folder that is not there can be begun in, and not be worked on', () => {
  const mistyped = join(folder, 'shpo')
  expect(findProject('shpo', folder)).toBe(mistyped)
  expect(() => readPresentProject({ project: 'shpo' }, folder)).toThrow(`${mistyped} is not there`)
  expect(readPresentProject({}, folder).projectDir).toBe(folder)
})

test('a file is no project', () => {
  writeFileSync(join(folder, 'seed.sql'), '')
  expect(() => findProject('seed.sql', folder)).toThrow('is no folder')
})
