import { expect, test } from 'vitest'

import { ClerkRefusal } from './clerk-refusal.ts'
import { notFound } from './not-found.ts'
import { renderClerkRefusal } from './render-clerk-refusal.ts'

test('a parameter at fault is named where the SDKs look for it', () => {
  expect(renderClerkRefusal(new ClerkRefusal('form_param_missing', { param: 'user_id' }))).toEqual({
    status: 422,
    error: {
      code: 'form_param_missing',
      message: 'is missing',
      long_message: 'user_id must be included.',
      meta: { param_name: 'user_id' },
    },
  })
})

test('a taken identifier says which kind it is', () => {
  const refusal = new ClerkRefusal('form_identifier_exists', { param: 'email_address', identifier: 'email address' })
  const { status, error } = renderClerkRefusal(refusal)
  expect([status, error.long_message]).toEqual([422, 'That email address is taken. Please try another.'])
})

test('a missing resource is told by its id', () => {
  expect(renderClerkRefusal(notFound('user', 'user_x'))).toEqual({
    status: 404,
    error: { code: 'resource_not_found', message: 'not found', long_message: 'No user was found with id user_x' },
  })
})

test('an endpoint that is not built answers as an address that is not there, and says so', () => {
  const { status, error } = renderClerkRefusal(
    new ClerkRefusal('endpoint_not_built', { method: 'GET', path: '/backend/v1/saml_connections' }),
  )
  expect([status, error.code]).toEqual([404, 'resource_not_found'])
  expect(error.long_message).toContain('GET /backend/v1/saml_connections')
})
