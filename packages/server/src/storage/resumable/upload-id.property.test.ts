import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { newBlobId } from '../blobs/blobs.ts'
import { decodeUploadId, encodeUploadId, parseUploadId, printUploadId } from './upload-id.ts'

const bucket = fc.string({ minLength: 1 }).filter((text) => !text.includes('/'))
const name = fc.string({ minLength: 1, unit: 'grapheme' })

test('what is printed and encoded is decoded and parsed again, in letters that a URL may have', () => {
  fc.assert(
    fc.property(bucket, name, (inBucket, named) => {
      const id = { bucket: inBucket, name: named, version: newBlobId() }
      const encoded = encodeUploadId(printUploadId(id))
      expect(encoded).toMatch(/^[\w-]+$/)
      const text = decodeUploadId(encoded)
      if (text.includes('\uFFFD')) return
      expect(parseUploadId(text)).toEqual(id)
    }),
  )
})

test('any text that is no id is told apart, and ends nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseUploadId(decodeUploadId(text))).toBeNull()
      expect(parseUploadId(text)).toBeNull()
    }),
  )
  for (const text of ['', '/', 'a', 'a/b', `a/${newBlobId()}`, `/b/${newBlobId()}`, `a//${newBlobId()}`, 'a/b/c'])
    expect(parseUploadId(text)).toBeNull()
})
