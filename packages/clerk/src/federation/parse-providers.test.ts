import { expect, test } from 'vitest'

import { parseProviders } from './parse-providers.ts'

test('each table is a provider', () => {
  const given = {
    google: { client_id: 'g', client_secret: 's' },
    acme: { name: 'Acme', client_id: 'a', issuer: 'https://acme.example', scopes: ['openid'] },
  }
  expect(parseProviders(given, 'oidc')).toEqual([
    { key: 'google', clientId: 'g', clientSecret: 's' },
    { key: 'acme', name: 'Acme', clientId: 'a', issuer: 'https://acme.example', scopes: ['openid'] },
  ])
})

test.each([
  [3, 'oidc'],
  [{ acme: 3 }, 'oidc.acme'],
  [{ acme: { client_id: 'a' } }, 'oidc.acme'],
  [{ acme: { client_id: 'a', token_endpoint: 'https://acme.example/token' } }, 'oidc.acme'],
  [{ acme: { issuer: 'https://acme.example' } }, 'oidc.acme.client_id'],
  [{ acme: { client_id: 'a', issuer: 'acme.example' } }, 'oidc.acme.issuer'],
  [{ acme: { client_id: 'a', issuer: 'https://acme.example', logo_url: 'javascript:alert(1)' } }, 'oidc.acme.logo_url'],
  [{ acme: { client_id: 'a', issuer: 'https://acme.example', colour: 'red' } }, 'oidc.acme.colour'],
  [{ 'Ac-me': { client_id: 'a', issuer: 'https://acme.example' } }, 'oidc.Ac-me'],
])('%j is refused at %s', (given, option) => {
  expect(() => parseProviders(given, 'oidc')).toThrow(`option_invalid: ${option}:`)
})
