import { expect, test } from 'vitest'

import type { Json } from '../json.ts'
import { hasShortcodes, renderClaims } from './render-claims.ts'

const scope = {
  user: {
    id: 'user_1',
    first_name: 'Ada',
    last_name: null,
    email_verified: false,
    created_at: 1_700_000_000,
    public_metadata: { plan: 'pro', seats: 3, deep: { er: [1, 2] }, off: false, zero: 0, empty: '' },
  },
}

test.each<[rule: string, text: string, value: Json]>([
  ['a lone shortcode keeps a text', '{{user.id}}', 'user_1'],
  ['a lone shortcode keeps a number', '{{user.created_at}}', 1_700_000_000],
  ['a lone shortcode keeps a boolean', '{{user.email_verified}}', false],
  ['a lone shortcode keeps an object', '{{user.public_metadata.deep}}', { er: [1, 2] }],
  ['blanks inside the braces mean nothing', '{{  user.id  }}', 'user_1'],
  ['inside text it becomes a string', 'seat {{user.public_metadata.seats}}!', 'seat 3!'],
  ['blanks around it make it text', ' {{user.created_at}}', ' 1700000000'],
  ['null prints as null inside text', 'Dr {{user.last_name}}', 'Dr null'],
  ['an object prints as JSON inside text', 'x {{user.public_metadata.deep}}', 'x {"er":[1,2]}'],
  ['two shortcodes are text', '{{user.id}}{{user.created_at}}', 'user_11700000000'],
  ['an unknown name is null', '{{user.shoe_size}}', null],
  ['an unknown root is null', '{{org.id}}', null],
  ['a path through a text is null', '{{user.id.length}}', null],
  ['a path into a prototype is null', '{{user.constructor}}', null],
  ['the first operand that is there wins', "{{user.last_name || user.first_name || 'x'}}", 'Ada'],
  ['a fallback literal is a text', "{{user.last_name || 'nobody'}}", 'nobody'],
  ['a fallback literal is a number', '{{user.last_name || 42}}', 42],
  ['a fallback literal is a boolean', '{{user.last_name || true}}', true],
  ['false falls through', "{{user.email_verified || 'no'}}", 'no'],
  ['the last operand stands, even false', '{{user.last_name || user.email_verified}}', false],
  ['the last operand stands, even null', '{{user.email_verified || user.last_name}}', null],
  ['zero does not fall through', '{{user.public_metadata.zero || 1}}', 0],
  ['an empty text does not fall through', "{{user.public_metadata.empty || 'x'}}", ''],
  ['bars and braces in quotes are text', "{{user.last_name || 'a || b }} c'}}", 'a || b }} c'],
  ['an opening without end is plain text', 'a {{user.id', 'a {{user.id'],
  ['text without shortcodes is itself', 'plain', 'plain'],
  ['empty text is itself', '', ''],
])('%s', (_rule, text, value) => {
  expect(renderClaims({ claim: text }, scope)).toEqual({ claim: value })
})

test('values are rendered at every depth and keys never are', () => {
  const template = { a: [{ b: '{{user.id}}' }, 7, null, true], '{{user.id}}': 'kept' }
  expect(renderClaims(template, scope)).toEqual({ a: [{ b: 'user_1' }, 7, null, true], '{{user.id}}': 'kept' })
})

test('a template without shortcodes is told apart', () => {
  expect(hasShortcodes({ a: { b: ['x', '{{user.id}}'] } })).toBe(true)
  expect(hasShortcodes({ a: { b: ['x', '{{user.id'] }, '{{user.id}}': 1 })).toBe(false)
})
