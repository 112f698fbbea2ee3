import { expect, test } from 'vitest'

import { requireEmailForm, requirePhoneForm, requireSlugForm, requireUsernameForm, slugOf } from './identifiers.ts'

test.each(['ada', 'ada@', '@x.dev', 'ada@dev', 'a b@x.dev', 'a@b@c.dev', 'a@.dev', `${'x'.repeat(250)}@x.dev`])(
  '%s is no e-mail address',
  (text) => {
    expect(() => requireEmailForm(text)).toThrow(/form_param_format_invalid/)
  },
)

test('an e-mail address is kept in lower case', () => {
  expect(requireEmailForm('Ada+clerk_test@Example.co.uk')).toBe('ada+clerk_test@example.co.uk')
})

test('a telephone number is E.164', () => {
  expect(requirePhoneForm('+1 (555) 555-0100')).toBe('+15555550100')
  for (const text of ['15555550100', '+0123456', '+1', '+1555x']) {
    expect(() => requirePhoneForm(text)).toThrow(/form_param_format_invalid/)
  }
})

test('usernames and slugs keep to their characters', () => {
  expect(requireUsernameForm('ada_L-1')).toBe('ada_L-1')
  expect(() => requireUsernameForm('abc')).toThrow(/form_username_invalid_length/)
  expect(() => requireUsernameForm('ada l')).toThrow(/form_username_invalid_character/)
  expect(requireSlugForm('acme-corp_2')).toBe('acme-corp_2')
  expect(requireSlugForm('acme-inc-')).toBe('acme-inc-')
  for (const slug of ['Acme', '-a', 'a b', '']) expect(() => requireSlugForm(slug)).toThrow(/form_param_format_invalid/)
})

test('a slug is made of a name', () => {
  expect(slugOf('  Crème & Co. ')).toBe('cre-me-co')
  expect(slugOf('東京')).toBe('organization')
})
