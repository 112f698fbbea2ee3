import { expect, test } from 'vitest'

import { onDisk } from './disk.ts'

/** As system calls make them. */
function systemError(code: string): Error {
  const path = '/secret/place/of/the/bytes'
  return Object.assign(new Error(`${code}: no, open '${path}'`), { code, syscall: 'open', path })
}

test.each([
  ['ENOSPC', 'No space is left where the bytes are kept'],
  ['EDQUOT', 'No space is left where the bytes are kept'],
  ['EFBIG', 'A file is larger than it may be where the bytes are kept'],
  ['EIO', 'The disk with the bytes fails'],
  ['EROFS', 'The disk with the bytes is read-only'],
  ['EMFILE', 'Too many files are open'],
  ['EACCES', 'The folder of the bytes may not be used'],
  ['ENOENT', 'The folder of the bytes is gone'],
  ['ENOTDIR', 'The folder of the bytes is gone'],
  ['ELOOP', 'The disk with the bytes answers ELOOP'],
])('a disk that answers %s is said to be unavailable, and not where it is', async (code, reason) => {
  const refused = onDisk(Promise.reject(systemError(code)))
  await expect(refused).rejects.toMatchObject({ code: 'storage.bytes-unavailable', detail: { reason } })
})

test('what is no error of the disk stays what it is', async () => {
  const error = new Error('the client went away')
  await expect(onDisk(Promise.reject(error))).rejects.toBe(error)
})
