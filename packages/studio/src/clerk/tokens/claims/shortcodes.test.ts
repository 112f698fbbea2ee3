import { expect, test } from 'vitest'

import { shortcodeBeingWritten } from './shortcodes.ts'

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
