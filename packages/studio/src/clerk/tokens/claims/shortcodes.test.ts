import { expect, test } from 'vitest'

import { shortcodeBeingWritten, shortcodesWithin } from './shortcodes.ts'

test.each<[before: string, written: string | null]>([
  ['  "a": "{{', ''],
  ['  "a": "{{user.i', 'user.i'],
  ['  "a": "{{ user.public_metadata.pl', 'user.public_metadata.pl'],
  ['  "a": "{{user.username || us', 'us'],
  ['  "a": "{{user.username || \'no', null],
  ['  "a": "{{user.id}} ', null],
  ['  "a": "{{user.id}} {{org', 'org'],
  ['  "a": {"b', null],
])('%s is at %s', (before, written) => {
  expect(shortcodeBeingWritten(before)).toBe(written)
})

test('keys of metadata are named at every depth, but for those that no shortcode can name', () => {
  const metadata = { plan: { name: 'pro', seats: 3 }, tags: ['a'], 'two words': 1, 'a.b': 1 }
  expect(shortcodesWithin('user.public_metadata', metadata)).toEqual([
    { path: 'user.public_metadata.plan', means: 'here {"name":"pro","seats":3}' },
    { path: 'user.public_metadata.plan.name', means: 'here "pro"' },
    { path: 'user.public_metadata.plan.seats', means: 'here 3' },
    { path: 'user.public_metadata.tags', means: 'here ["a"]' },
  ])
})
