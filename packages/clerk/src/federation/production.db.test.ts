import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Provider, startProvider } from '../frontend-api/browser.test-support.ts'
import { comeBack } from './fake-provider/visit.test-support.ts'
import { clientId, type OidcProvider, startOidcProvider } from './oidc-provider.test-support.ts'

const home = 'https://app.example.com/sso-callback'

let acme: OidcProvider
let provider: Provider

beforeAll(async () => {
  acme = await startOidcProvider()
  provider = await startProvider({
    environment: 'production',
    allowedOrigins: [new URL(home).origin],
    oidcProviders: [{ key: 'acme', issuer: acme.url, clientId }],
  })
})

afterAll(async () => {
  await provider.stop()
  await acme.stop()
})

/** A browser by its cookie: production has no dev browsers. */
async function cookieOf(): Promise<string> {
  const answer = await fetch(`${provider.clerk.url}/v1/client`)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function begin(cookie: string, strategy: string): Promise<Response> {
  return await fetch(`${provider.clerk.url}/v1/client/sign_ins`, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({ strategy, redirect_url: home }),
  })
}

async function pageFor(cookie: string): Promise<string> {
  const { response } = (await (await begin(cookie, 'oauth_custom_acme')).json()) as {
    response: { first_factor_verification: { external_verification_redirect_url: string } }
  }
  return response.first_factor_verification.external_verification_redirect_url
}

test('in production nobody is let in by a stand-in', async () => {
  expect((await begin(await cookieOf(), 'oauth_google')).status).toBe(422)
  const page = await fetch(`${provider.clerk.url}/fake-provider/google/authorize`)
  expect(page.status).toBe(403)
})

test('in production a way back is of the browser that began it', async () => {
  const cookie = await cookieOf()
  const stolen = acme.answer(await pageFor(cookie))
  await expect(comeBack(stolen, { cookie: await cookieOf() })).rejects.toThrow('authorization_invalid')
  await expect(comeBack(acme.answer(await pageFor(cookie)))).rejects.toThrow('authorization_invalid')
  expect((await comeBack(acme.answer(await pageFor(cookie)), { cookie })).href).toBe(home)
})
