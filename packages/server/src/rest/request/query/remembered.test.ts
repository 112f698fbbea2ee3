import { expect, test } from 'vitest'
import { remembered } from './remembered.ts'

function counted(capacity: number) {
  const parsed: string[] = []
  const parse = remembered((text) => {
    parsed.push(text)
    return text.toUpperCase()
  }, capacity)
  return { parse, parsed }
}

test('a text is parsed once', () => {
  const { parse, parsed } = counted(2)
  expect([parse('a'), parse('a')]).toEqual(['A', 'A'])
  expect(parsed).toEqual(['a'])
})

test('when full, the text not asked for lately goes', () => {
  const { parse, parsed } = counted(2)
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) parse(text)
  expect(parsed).toEqual(['a', 'b', 'c', 'b'])
})

test('a long text is parsed each time', () => {
  const { parse, parsed } = counted(2)
  const long = 'x'.repeat(5000)
  parse(long)
  parse(long)
  expect(parsed).toHaveLength(2)
})

test('a refusal is not kept', () => {
  let broken = true
  const parse = remembered((text) => {
    if (broken) throw new Error(text)
    return text
  }, 2)
  expect(() => parse('a')).toThrow('a')
  broken = false
  expect(parse('a')).toBe('a')
})
