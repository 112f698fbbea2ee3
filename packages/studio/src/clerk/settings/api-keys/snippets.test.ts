import { expect, test } from 'vitest'

import type { ClerkInstance } from '../../../api/clerk/instances.ts'
import { frameworks, snippetFor } from './snippets.ts'

const instance: ClerkInstance = {
  name: 'default',
  domain: 'a.local.clerk.accounts.dev',
  issuer: 'https://a.local.clerk.accounts.dev',
  environment: 'development',
  publishableKey: 'pk_test_a',
  frontendApiUrl: 'http://127.0.0.1:54325',
  backendApiUrl: 'http://127.0.0.1:54325/backend',
  jwksUrl: 'http://127.0.0.1:54325/.well-known/jwks.json',
  trusted: true,
  mailboxUrl: null,
}

test('each framework has the publishable key under the name its SDK reads', () => {
  const first = frameworks.map((framework) => snippetFor(framework, instance, 'sk_test_a').split('\n')[0])
  expect(first).toEqual([
    'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_a',
    'VITE_CLERK_PUBLISHABLE_KEY=pk_test_a',
    'CLERK_PUBLISHABLE_KEY=pk_test_a',
  ])
})

test('a browser app is never given the secret key', () => {
  expect(snippetFor('React', instance, 'sk_test_a')).not.toContain('sk_test_a')
  expect(snippetFor('Express', instance, 'sk_test_a')).toContain('CLERK_SECRET_KEY=sk_test_a')
})
