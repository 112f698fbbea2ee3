import { Readable } from 'node:stream'

import { expect, test } from 'vitest'

import type { BucketRow } from '../../rows/object-row.ts'
import type { WantedUpload } from '../uploads.ts'
import { checkContent } from './check-content.ts'
import { isAllowed } from './is-allowed.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')
const exe = Buffer.concat([Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), Buffer.alloc(100)])
const elf = Buffer.from('7f454c4602010100000000000000000003003e0001000000', 'hex')
const zip = Buffer.from('504b030414000000080000002100', 'hex')
const pdf = Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n', 'latin1')
const cfb = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)])
const gzip = Buffer.from('1f8b0800000000000003', 'hex')
const webm = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex')
const html = Buffer.from('\n <!DOCTYPE html><script>alert(1)</script>')
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

async function pass(bytes: Buffer, contentType: string | null, list: readonly string[], name = 'x'): Promise<Buffer> {
  const bucket = { allowedMimeTypes: list } as unknown as BucketRow
  const wanted = { contentType, name } as WantedUpload
  const pieces = [bytes.subarray(0, 3), bytes.subarray(3)].filter((piece) => piece.length > 0)
  const passed = await checkContent({ bucket, wanted }, Readable.from(pieces, { objectMode: false }))
  return Buffer.concat((await passed.toArray()) as Buffer[])
}

test.each<[string, Buffer, string | null, readonly string[]]>([
  ['a page said to be a picture', html, 'image/png', ['image/*']],
  ['a page said to be a drawing', html, 'image/svg+xml', ['image/svg+xml']],
  ['a picture said to be a drawing', png, 'image/svg+xml', ['image/svg+xml']],
  ['a program of Windows said to be a picture', exe, 'image/png', ['image/*']],
  ['a program of Linux said to be a document', elf, 'application/pdf', ['application/pdf']],
  ['a program of a type nobody knows', elf, 'application/x-mine', ['application/x-mine']],
  ['a script said to be a picture', Buffer.from('#!/bin/sh\nrm x\n'), 'image/gif', ['image/gif']],
  ['a JPEG said to be a PNG', jpeg, 'image/png', ['image/png']],
  ['a picture said to be a document', png, 'application/pdf', ['application/pdf']],
  ['an archive said to be a picture', zip, 'image/png', ['image/*']],
  ['a page of which nothing is said', html, null, ['image/*', 'application/pdf']],
  ['a JPEG of which nothing is said, among PNGs', jpeg, null, ['image/png']],
  ['a program of which nothing is said', elf, null, ['text/plain', 'image/*']],
])('%s is refused', async (_what, bytes, type, list) => {
  await expect(pass(bytes, type, list)).rejects.toMatchObject({ code: 'storage.mime-type-refused' })
})

test.each<[string, Buffer, string | null, readonly string[]]>([
  ['a PNG', png, 'image/png', ['image/png']],
  ['a JPEG under its other name', jpeg, 'image/jpg', ['image/jpg']],
  ['a JPEG said to be a PNG where both are taken', jpeg, 'image/png', ['image/*']],
  ['a document of Word, which is a zip', zip, docx, [docx]],
  ['a document of Word under a password, which is an OLE file', cfb, docx, [docx]],
  ['an old document of Word', cfb, 'application/msword', ['application/msword']],
  ['a drawing', Buffer.from('<?xml version="1.0"?><svg xmlns="x"/>'), 'image/svg+xml', ['image/*']],
  ['a compressed drawing', gzip, 'image/svg+xml', ['image/svg+xml']],
  ['a table that begins as a bitmap does', Buffer.from('BM,MZ,GIF\n1,2,3\n'), 'text/csv', ['text/csv']],
  ['JSON', Buffer.from('{"a":1}'), 'application/json', ['application/json']],
  ['text under a picture’s type, as tests send it', Buffer.from('not a picture'), 'image/png', ['image/png']],
  ['sound in a container of films', webm, 'audio/webm', ['audio/webm']],
  ['a program where any bytes are taken', elf, 'application/octet-stream', ['application/octet-stream']],
  ['a page among texts', html, 'text/plain', ['text/plain']],
  ['a document', pdf, 'application/pdf; q=1', ['application/pdf']],
  ['a PNG of which nothing is said', png, null, ['image/png']],
  ['text of which nothing is said', Buffer.from('not a picture'), null, ['image/png']],
  ['a zip of which nothing is said, among documents of Word', zip, null, ['image/png', docx]],
  ['a page of which nothing is said, among texts', html, null, ['image/*', 'text/plain; charset=utf-8']],
  ['a program of which nothing is said, where any bytes are taken', elf, null, ['application/octet-stream']],
  ['nothing', Buffer.alloc(0), 'image/png', ['image/png']],
  ['text cut within a character', Buffer.from('MZ' + 'ä'.repeat(4000)), 'text/plain', ['text/plain']],
])('%s passes, byte for byte', async (_what, bytes, type, list) => {
  expect(await pass(bytes, type, list)).toEqual(bytes)
})

test('a bucket without a list and a placeholder take anything', async () => {
  expect(await pass(exe, 'image/png', [])).toEqual(exe)
  expect(await pass(exe, 'image/png', ['image/png'], 'a/.emptyFolderPlaceholder')).toEqual(exe)
})

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.alloc(5000, 'x')
  throw new Error('gone')
}

test('a stream that fails behind its beginning fails for whoever reads on', async () => {
  const bucket = { allowedMimeTypes: ['text/plain'] } as unknown as BucketRow
  const wanted = { contentType: 'text/plain', name: 'x' } as WantedUpload
  const passed = await checkContent({ bucket, wanted }, Readable.from(failing()))
  await expect(passed.toArray()).rejects.toThrow('gone')
})

test.each([
  ['image/png', ['image/png'], true],
  ['IMAGE/PNG; x=1', ['image/*'], true],
  ['text/plain;charset=UTF-8', ['text/plain'], true],
  ['image/png', ['*/*'], true],
  ['image/png', ['image/jpeg', 'text/*'], false],
  ['imagepng', ['*/*'], false],
  ['image/', ['image/*'], false],
  ['anything', [], true],
  ['anything', null, true],
])('whether %s is on %j: %s', (type, list, allowed) => {
  expect(isAllowed(type, list)).toBe(allowed)
})
