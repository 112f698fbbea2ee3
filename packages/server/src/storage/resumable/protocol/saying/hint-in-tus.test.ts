import { ERRORS } from '@tus/server'
import { expect, test } from 'vitest'

import { hintInTus } from './hint-in-tus.ts'

test.each([
  ['Tus-Resumable Required\n', 'Send Tus-Resumable: 1.0.0 with each request.'],
  [ERRORS.INVALID_OFFSET.body, 'Ask with HEAD for Upload-Offset, and go on from there.'],
  ['Invalid content-type\n', 'Content-Type of a PATCH is application/offset+octet-stream.'],
  [
    'Invalid upload-offset tus-resumable\n',
    'Upload-Offset is a whole number of bytes, in digits alone. Tus-Resumable is 1.0.0.',
  ],
  [ERRORS.ERR_MAX_SIZE_EXCEEDED.body, 'Upload at most 10 bytes, or raise the size limit or the quota.'],
])('what the library says as %j is followed by what to change', (body, hint) => {
  expect(hintInTus(body, 10)).toBe(hint)
})

test('what is not the library’s, or says enough, has no hint', () => {
  for (const body of ['', 'Upload not found', 'Invalid key: ä', 'Invalid tus-version\n', ERRORS.UNKNOWN_ERROR.body])
    expect(hintInTus(body, null)).toBeNull()
  expect(hintInTus(ERRORS.ERR_MAX_SIZE_EXCEEDED.body, null)).toBeNull()
})
