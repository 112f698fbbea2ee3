import { expect, test } from 'vitest'

import { pictureType } from './picture-type.ts'

test.each([
  ['89504e470d0a1a0a0000', 'image/png'],
  ['ffd8ffe000104a464946', 'image/jpeg'],
  [Buffer.from('GIF89a....').toString('hex'), 'image/gif'],
  [Buffer.from('GIF87a....').toString('hex'), 'image/gif'],
  [Buffer.from('RIFF....WEBPVP8 ').toString('hex'), 'image/webp'],
  [Buffer.from('RIFF....WAVEfmt ').toString('hex'), null],
  [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">').toString('hex'), null],
  [Buffer.from('<html><script>').toString('hex'), null],
  ['', null],
  ['8950', null],
])('%s is %s', (hex, expected) => {
  expect(pictureType(Buffer.from(hex, 'hex'))).toBe(expected)
})
