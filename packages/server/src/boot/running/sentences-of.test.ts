import { expect, test } from 'vitest'

import { sentencesOf } from './sentences-of.ts'

test.each([
  [
    '{"code": "a.b", "message": "There is no mirror", "hint": "Turn it on.", "details": null}',
    'There is no mirror\nTurn it on.',
  ],
  ['{"message": "A secret key is required here", "hint": null}', 'A secret key is required here'],
  ['{"other": 1}', '{"other": 1}'],
  ['null', 'null'],
  ['Bad Gateway', 'Bad Gateway'],
])('%s is told as %j', (body, told) => {
  expect(sentencesOf(body)).toBe(told)
})
