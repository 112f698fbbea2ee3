import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Action } from '../api-request.ts'
import { parseContentType } from '../media-type.ts'
import { parsePayload } from './parse-payload.ts'

const insert: Action = { kind: 'insert' }
const call: Action = { kind: 'call', by: 'post' }

function payloadOf(body: string | Buffer, contentType?: string, action = insert, columnsGiven = false) {
  return parsePayload(Buffer.from(body), {
    action,
    contentType: parseContentType(contentType),
    columnsGiven,
    jsonDepth: 100,
  })
}

function reasonOf(body: string | Buffer, contentType?: string, action = insert): string {
  try {
    payloadOf(body, contentType, action)
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'request.body-invalid') {
      return (thrown as Refusal<'request.body-invalid'>).detail.reason
    }
    throw thrown
  }
  return 'accepted'
}

describe('a JSON body', () => {
  test('goes on as it came, with its keys', () => {
    const raw = '[ {"id": 12345678901234567890, "a": 1.10} ]'
    expect(payloadOf(raw)).toEqual({ kind: 'json', raw, shape: 'array', keys: ['a', 'id'] })
  })

  test.each(['"text"', '5', 'null', 'true', ' [] '])('%s stands for no rows', (body) => {
    expect(payloadOf(body)).toMatchObject({ shape: 'array', keys: [] })
  })

  test('with columns given is not looked at', () => {
    expect(payloadOf(' [{"a":1},{"b":2}', undefined, insert, true)).toMatchObject({ shape: 'array', keys: null })
    expect(payloadOf('{"a"', undefined, insert, true)).toMatchObject({ shape: 'object', keys: null })
  })

  test('that is empty calls a function without arguments', () => {
    expect(payloadOf('', undefined, call)).toEqual({ kind: 'json', raw: '{}', shape: 'object', keys: [] })
    expect(reasonOf('')).toBe('Empty or invalid json')
  })

  test.each([
    ['[{"a":1},{"b":2}]', 'All object keys must match'],
    ['[1]', 'All object keys must match'],
    ['{', 'Empty or invalid json'],
  ])('%s is refused: %s', (body, reason) => {
    expect(reasonOf(body)).toBe(reason)
  })

  test('that is no UTF-8 is refused', () => {
    expect(reasonOf(Buffer.from([0x22, 0xff, 0x22]))).toBe('Empty or invalid json')
  })
})

describe('a CSV body', () => {
  test.each([
    ['a,b\nbar,baz', ['a', 'b'], [{ a: 'bar', b: 'baz' }]],
    ['a,b\r\nNULL,\r\n', ['a', 'b'], [{ a: null, b: '' }]],
    ['b,"a ""x"""\n"1,2\n3",x\n\n', ['a "x"', 'b'], [{ b: '1,2\n3', 'a "x"': 'x' }]],
    ['a\n1,2,3\n', ['a'], [{ a: '1' }]],
    ['a,b\n', [], []],
  ])('%j has the rows it says', (body, keys, rows) => {
    const payload = payloadOf(body, 'text/csv')
    expect(payload).toMatchObject({ kind: 'json', shape: 'array', keys })
    expect(payload.kind === 'json' ? JSON.parse(payload.raw) : null).toEqual(rows)
  })

  test.each([
    ['a,b\nfoo,bar\nbaz', 'All lines must have same number of fields'],
    ['', 'parse error (not enough input) at ""'],
    ['a,b', 'parse error (not enough input) at ""'],
    ['a\nb"c', 'parse error (endOfInput) at "\\"c"'],
    ['a\n"c', 'parse error (trailing double quote) at "\\"c"'],
  ])('%j is refused: %s', (body, reason) => {
    expect(reasonOf(body, 'text/csv')).toBe(reason)
  })

  test('that is no UTF-8 is refused', () => {
    expect(() => payloadOf(Buffer.from([0x61, 0x0a, 0xff]), 'text/csv')).toThrow(
      new Refusal('request.encoding-invalid', { where: 'body' }),
    )
  })
})

describe('other bodies', () => {
  test('a form is a row of a table, the last of a name counting', () => {
    expect(payloadOf('b=1+2&a=%C3%A9&b=3', 'application/x-www-form-urlencoded')).toEqual({
      kind: 'json',
      raw: '{"b":"3","a":"é"}',
      shape: 'object',
      keys: ['a', 'b'],
    })
  })

  test('a form is the arguments of a call, in order', () => {
    expect(payloadOf('v=1&v=2&w', 'application/x-www-form-urlencoded', call)).toEqual({
      kind: 'form',
      fields: [
        ['v', '1'],
        ['v', '2'],
        ['w', ''],
      ],
    })
  })

  test.each(['text/plain', 'text/xml', 'application/octet-stream'])('%s is the argument of a call', (type) => {
    expect(payloadOf('\0x', `${type}; charset=x`, call)).toEqual({
      kind: 'raw',
      mediaType: type,
      bytes: Buffer.from('\0x'),
    })
    expect(reasonOf('x', type)).toBe(`Content-Type not acceptable: ${type}`)
  })

  test.each(['text/plain', 'text/xml'])('%s must be UTF-8, as Postgres would not keep it as it came', (type) => {
    expect(() => payloadOf(Buffer.from([0xff, 0xfe]), type, call)).toThrow(
      new Refusal('request.encoding-invalid', { where: 'body' }),
    )
  })

  test('bytes may be any', () => {
    const bytes = Buffer.from([0xff, 0xfe])
    expect(payloadOf(bytes, 'application/octet-stream', call)).toMatchObject({ kind: 'raw', bytes })
  })

  test('JSON that is not looked at, as `columns` were given, is bounded in its depth all the same', () => {
    expect(() => payloadOf('['.repeat(101), 'application/json', insert, true)).toThrow(
      new Refusal('request.limit-exceeded', { limit: 'json-depth', maximum: 100 }),
    )
  })

  test('a type nobody reads is named as the client wrote it', () => {
    expect(reasonOf('x', 'Application/Vnd.X; a=b')).toBe('Content-Type not acceptable: Application/Vnd.X; a=b')
  })
})
