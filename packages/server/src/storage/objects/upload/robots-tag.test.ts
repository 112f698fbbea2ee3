import { expect, test } from 'vitest'

import { readRobotsTag } from './robots-tag.ts'

test.each([
  'all',
  'max-snippet: 10, notranslate',
  'noindex, nofollow',
  'googlebot: noindex, otherbot: max-image-preview:large',
  'unavailable_after: Wed, 03 Dec 2025 13:09:53 GMT',
  'unavailable_after: Wed, 03 Dec 2025 13:09:53 GMT, noindex',
  'max-video-preview: -1',
])('%s is kept as it is', (value) => {
  expect(readRobotsTag(value)).toBe(value)
})

test('nothing is kept where nothing is sent', () => {
  expect(readRobotsTag(undefined)).toBeNull()
})

test.each([
  ['', 'X-Robots-Tag header value must be a non-empty string'],
  ['all,,none', 'X-Robots-Tag header contains empty rule'],
  ['invalidrule', 'Invalid X-Robots-Tag rule: "invalidrule"'],
  ['max-snippet: many', 'X-Robots-Tag "max-snippet" value must be an integer >= -1, got: "many"'],
  [
    'max-image-preview: huge',
    'X-Robots-Tag "max-image-preview" value must be one of: none, standard, large, got: "huge"',
  ],
  ['unavailable_after: never', 'X-Robots-Tag "unavailable_after" value must be a valid date, got: "never"'],
  ['max-snippet:', 'X-Robots-Tag rule "max-snippet" requires a value'],
  ['a:'.repeat(600), 'X-Robots-Tag header value may have 1000 characters'],
  ['googlebot:', 'X-Robots-Tag user agent "googlebot" has no rules specified'],
])('%j is refused', (value, reason) => {
  expect(() => readRobotsTag(value)).toThrow(
    expect.objectContaining({ code: 'storage.robots-tag-invalid', detail: { reason } }),
  )
})
