import { expect, test } from 'vitest'

import { appVariables } from './app-variables.ts'

const supabase = { API_URL: 'http://127.0.0.1:54321', PUBLISHABLE_KEY: 'sb_publishable_x', SECRET_KEY: 'sb_secret_x' }
const clerk = {
  CLERK_PUBLISHABLE_KEY: 'pk_test_x',
  CLERK_SECRET_KEY: 'sk_test_x',
  CLERK_API_URL: 'http://127.0.0.1:54325/backend',
  CLERK_FRONTEND_API_URL: 'http://127.0.0.1:54325',
}

test('an app gets the addresses and keys of both halves by the names its SDKs read', () => {
  expect(appVariables({ ...supabase, ...clerk })).toEqual({
    NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:54321',
    NEXT_PUBLIC_SUPABASE_KEY: 'sb_publishable_x',
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_x',
    CLERK_SECRET_KEY: 'sk_test_x',
    CLERK_API_URL: 'http://127.0.0.1:54325/backend',
    CLERK_FAPI_URL: 'http://127.0.0.1:54325',
    NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk',
    NEXT_PUBLIC_CLERK_SIGN_IN_URL: '/sign-in',
    NEXT_PUBLIC_CLERK_SIGN_UP_URL: '/sign-up',
    NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
  })
})

test('where Clerk is elsewhere, nothing is said of it', () => {
  expect(Object.keys(appVariables(supabase))).toEqual(['NEXT_PUBLIC_SUPABASE_URL', 'NEXT_PUBLIC_SUPABASE_KEY'])
})

test('the secret key of the data is not for an app', () => {
  expect(JSON.stringify(appVariables({ ...supabase, ...clerk }))).not.toContain('sb_secret')
})
