import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { isRefusal } from '../../../refusal/refusal.ts'
import { readXml } from './read-xml.ts'
import { writeXml } from './write-xml.ts'

const shape = z.object({ Delete: z.object({ Object: z.array(z.object({ Key: z.string() })) }) })

async function keysOf(text: string): Promise<readonly string[] | string> {
  try {
    const { Delete } = await readXml(text, shape, { lists: ['Object'], tags: 100 })
    return Delete.Object.map(({ Key }) => Key)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

test('texts stay as they are written', async () => {
  const keys = ['007', 'true', '   ', ' a ', '1e3', 'a&b<c>"d']
  expect(await keysOf(writeXml('Delete', { Object: keys.map((Key) => ({ Key })) }))).toEqual(keys)
})

test('one element is a list, too, and characters may be named by their numbers', async () => {
  expect(await keysOf('<Delete>\n  <Object><Key>&#48;&#x31;&apos;</Key></Object>\n</Delete>')).toEqual(["01'"])
})

test('comments and instructions are passed over, and CDATA is text as it stands', async () => {
  const text = '<Delete><!-- <a> --><?b c?><Object a="b"><Key><![CDATA[<&amp;>]]></Key></Object></Delete>'
  expect(await keysOf(text)).toEqual(['<&amp;>'])
})

test('a namespace and a declaration are passed over', async () => {
  const text = '<?xml version="1.0"?><d:Delete xmlns:d="urn:x"><d:Object><d:Key>a</d:Key></d:Object></d:Delete>'
  expect(await keysOf(text)).toEqual(['a'])
})

test('a long document lets others have their turns', async () => {
  const object = `<Object><Key>${'&#233;'.repeat(1000)}</Key></Object>`
  let turns = 0
  const others = (): void => {
    turns += 1
    pending = setImmediate(others)
  }
  let pending = setImmediate(others)
  const { Delete } = await readXml(`<Delete>${object.repeat(100)}</Delete>`, shape, { lists: ['Object'], tags: 1000 })
  clearImmediate(pending)
  expect(Delete.Object).toEqual(Array.from({ length: 100 }, () => ({ Key: 'é'.repeat(1000) })))
  // Of 600,000 characters, one after each 128 Ki.
  expect(turns).toBeGreaterThanOrEqual(4)
})

describe('refused is', () => {
  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Delete><Object><Key>&b;</Key></Object></Delete>'],
    ['what does not close', '<Delete><Object><Key>a</Key></Delete>'],
    ['what is nested beyond reason', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
    ['a number that is no character', '<Delete><Object><Key>&#xD800;</Key></Object></Delete>'],
    ['a reference to nothing that is known', '<Delete><Object><Key>&b;</Key></Object></Delete>'],
    ['a text that is no key', `<Delete><Object><Key>${'a'.repeat(10_241)}</Key></Object></Delete>`],
    ['more elements than are asked for', `<Delete>${'<a/>'.repeat(101)}</Delete>`],
    ['two documents', '<Delete/><Delete/>'],
    ['what breaks off', '<Delete><!-- '],
    ['what is no XML', 'hello'],
  ])('%s', async (_what, text) => {
    expect(await keysOf(text)).toBe('s3.xml-malformed')
  })

  test('another document than the one that is expected', async () => {
    expect(await keysOf('<Other/>')).toBe('storage.request-invalid')
    expect(await keysOf('<Delete><Object><Name>a</Name></Object></Delete>')).toBe('storage.request-invalid')
  })
})

test('what is written is read again, whatever text it is that XML can hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 20 }),
      async (keys) => {
        const written = writeXml('Delete', { Object: keys.map((Key) => ({ Key })) })
        expect(await keysOf(written)).toEqual(keys)
      },
    ),
  )
})

test('whatever comes instead of a document is refused, or is one', async () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    'Delete',
    'Object',
    'Key',
    '&',
    ';',
    '#',
    '<a>',
    '</a>',
    '<![CDATA[',
    ']]>',
    '"',
    ' ',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      expect(['string', 'object']).toContain(typeof (await keysOf(pieces.join(''))))
    }),
  )
})
