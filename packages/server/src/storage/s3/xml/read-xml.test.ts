import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { isRefusal } from '../../../refusal/refusal.ts'
import { readXml } from './read-xml.ts'
import { writeXml } from './write-xml.ts'

const shape = z.object({ Delete: z.object({ Object: z.array(z.object({ Key: z.string() })) }) })

function keysOf(text: string): readonly string[] | string {
  try {
    return readXml(text, shape, { lists: ['Object'], tags: 100 }).Delete.Object.map(({ Key }) => Key)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

test('texts stay as they are written', () => {
  const keys = ['007', 'true', '   ', ' a ', '1e3', 'a&b<c>"d']
  expect(keysOf(writeXml('Delete', { Object: keys.map((Key) => ({ Key })) }))).toEqual(keys)
})

test('one element is a list, too, and characters may be named by their numbers', () => {
  expect(keysOf('<Delete>\n  <Object><Key>&#48;&#x31;&apos;</Key></Object>\n</Delete>')).toEqual(["01'"])
})

test('comments and instructions are passed over, and CDATA is text as it stands', () => {
  const text = '<Delete><!-- <a> --><?b c?><Object a="b"><Key><![CDATA[<&amp;>]]></Key></Object></Delete>'
  expect(keysOf(text)).toEqual(['<&amp;>'])
})

test('a namespace and a declaration are passed over', () => {
  const text = '<?xml version="1.0"?><d:Delete xmlns:d="urn:x"><d:Object><d:Key>a</d:Key></d:Object></d:Delete>'
  expect(keysOf(text)).toEqual(['a'])
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
  ])('%s', (_what, text) => {
    expect(keysOf(text)).toBe('s3.xml-malformed')
  })

  test('another document than the one that is expected', () => {
    expect(keysOf('<Other/>')).toBe('storage.request-invalid')
    expect(keysOf('<Delete><Object><Name>a</Name></Object></Delete>')).toBe('storage.request-invalid')
  })
})

test('what is written is read again, whatever text it is that XML can hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 20 }), (keys) => {
      const written = writeXml('Delete', { Object: keys.map((Key) => ({ Key })) })
      expect(keysOf(written)).toEqual(keys)
    }),
  )
})

test('whatever comes instead of a document is refused, or is one', () => {
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
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(['string', 'object']).toContain(typeof keysOf(pieces.join('')))
    }),
  )
})
