import { expect, test } from 'vitest'

import { changesOf, type Draft } from './draft.ts'

test('only what was changed is sent, and NULL is not the empty text', () => {
  const before: Draft = {
    a: { kind: 'text', text: 'x' },
    b: { kind: 'null' },
    c: { kind: 'text', text: 'y' },
    d: { kind: 'text', text: 'z' },
  }
  const after: Draft = {
    a: { kind: 'text', text: 'x' },
    b: { kind: 'text', text: '' },
    c: { kind: 'null' },
    d: { kind: 'default' },
  }
  expect(changesOf(before, after)).toEqual({ values: { b: '', c: null }, defaults: ['d'] })
})
