import { describe, expect, it } from 'vitest'

import { classifyFolder } from './data-folder.ts'
import { parsePostmasterFile } from './postmaster-file.ts'

describe('what stands in a data folder', () => {
  it.each([
    [[], null, { kind: 'empty' }],
    [['PG_VERSION', 'base'], '18\n', { kind: 'data', major: '18' }],
    [['PG_VERSION'], '9.6\n', { kind: 'data', major: '9.6' }],
    [['thesis.txt'], null, { kind: 'foreign', found: ['thesis.txt'] }],
  ])('%j with version file %j', (names, version, expected) => {
    expect(classifyFolder(names, version)).toEqual(expected)
  })
})

describe('reading postmaster.pid', () => {
  it.each([
    [
      '4711\n/data\n1700000000\n54322\n/data\n127.0.0.1\n  1  2\nready   \n',
      { pid: 4711, port: 54322, state: 'ready' },
    ],
    ['4711\n/data\n1700000000\n', { pid: 4711, port: null, state: null }],
    ['-4711\n/data\n1700000000\n', { pid: 4711, port: null, state: null }],
    ['', null],
    ['nonsense', null],
    ['2147483646\n/data\n1700000000\n54322\n/data\n127.0.0.1\n 1 2\nready\n', null],
  ])('%j', (text, expected) => {
    expect(parsePostmasterFile(text)).toEqual(expected)
  })
})
