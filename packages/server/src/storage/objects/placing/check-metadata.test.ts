import { expect, test } from 'vitest'

import { checkMetadata } from './check-metadata.ts'

const nothing = { contentType: null, cacheControl: 'no-cache', userMetadata: null }

function nested(levels: number): Record<string, unknown> {
  return JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as Record<string, unknown>
}

test.each([
  ['nothing', {}],
  ['as much as may be', { contentType: 'x'.repeat(255), cacheControl: 'x'.repeat(255), userMetadata: nested(64) }],
  ['64 kB of JSON', { userMetadata: { a: 'x'.repeat(64 * 1024 - 8) } }],
])('%s may be said of an object', (_what, said) => {
  expect(() => checkMetadata({ ...nothing, ...said })).not.toThrow()
})

test.each([
  ['a long content type', { contentType: 'x'.repeat(256) }, 'The content type is too long'],
  ['a long cache control', { cacheControl: 'x'.repeat(256) }, 'The cache control is too long'],
  ['more than 64 kB of JSON', { userMetadata: { a: 'x'.repeat(64 * 1024 - 7) } }, 'The metadata is too large'],
  ['64 kB in more bytes than characters', { userMetadata: { a: 'é'.repeat(40_000) } }, 'The metadata is too large'],
  ['what is nested deeply', { userMetadata: nested(65) }, 'The metadata is nested too deeply'],
  [
    'what is nested so deeply that it cannot be printed',
    { userMetadata: nested(20_000) },
    'The metadata is nested too deeply',
  ],
])('%s is refused, with what may be', (_what, said, reason) => {
  const refused = { code: 'storage.metadata-too-large', detail: { reason }, fix: expect.any(String) as string }
  expect(() => checkMetadata({ ...nothing, ...said })).toThrow(expect.objectContaining(refused) as Error)
})
