import { afterAll, beforeAll, expect, test } from 'vitest'

import { defaultAuthentication } from '../../state/instance/authentication-settings.ts'
import { comeBack, somebody, visit } from '../../federation/fake-provider/visit.test-support.ts'
import { type Browser, type Provider, startProvider } from '../browser.test-support.ts'

const addresses = {
  redirect_url: 'http://localhost:3000/sso-callback',
  action_complete_redirect_url: 'http://localhost:3000/tasks',
}

let provider: Provider

beforeAll(async () => {
  provider = await startProvider({ authentication: { ...defaultAuthentication, enumerationProtection: true } })
})

afterAll(async () => await provider.stop())

async function goThrough(browser: Browser, emailAddress: string, verified: boolean): Promise<object> {
  const { response } = await browser.post('/client/sign_ins', { strategy: 'oauth_google', ...addresses })
  const shown = response['first_factor_verification'] as { external_verification_redirect_url: string }
  await comeBack(await visit(shown.external_verification_redirect_url, somebody(emailAddress, verified)))
  const signIn = (await browser.get('/client')).response['sign_in'] as {
    status: string
    identifier: string | null
    first_factor_verification: { status: string; error: { code: string } | null }
  } | null
  const verification = signIn?.first_factor_verification
  return [signIn?.status, signIn?.identifier, verification?.status, verification?.error?.code]
}

test('where the instance does not tell about accounts, an address that nobody vouches for tells nothing', async () => {
  await provider.backend('POST', '/users', { email_address: ['known@example.com'], password: 'a-pass-word' })
  const known = await goThrough(await provider.browser(), 'known@example.com', false)
  expect(known).toEqual(await goThrough(await provider.browser(), 'unknown@example.com', false))
})

test('nor do the first factors tell that somebody has connected an account', async () => {
  const known = { email_address: ['connected@example.com'], password: 'a-pass-word' }
  await provider.backend('POST', '/users', known)
  await goThrough(await provider.browser(), 'connected@example.com', true)
  const factorsOf = async (identifier: string): Promise<readonly string[]> => {
    const { response } = await (await provider.browser()).post('/client/sign_ins', { identifier })
    return (response['supported_first_factors'] as { strategy: string }[]).map(({ strategy }) => strategy)
  }
  expect(await factorsOf('connected@example.com')).toEqual(await factorsOf('nobody@example.com'))
})
