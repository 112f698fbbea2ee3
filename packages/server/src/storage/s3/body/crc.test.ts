import { expect, test } from 'vitest'

import { createCrc32c, createCrc64Nvme } from './crc.ts'

test.each([
  ['CRC-32C', createCrc32c, 'e3069283'],
  ['CRC-64/NVME', createCrc64Nvme, 'ae8b14860a799888'],
])('%s of the digits from 1 to 9 is the one of the catalogue', (_name, create, expected) => {
  const whole = create()
  whole.update(Buffer.from('123456789'))
  expect(whole.digest().toString('hex')).toBe(expected)
  const pieces = create()
  for (const digit of '123456789') pieces.update(Buffer.from(digit))
  expect(pieces.digest().toString('hex')).toBe(expected)
})
