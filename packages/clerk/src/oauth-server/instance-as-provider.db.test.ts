import { createHash, randomBytes } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { comeBack, somebody, visit } from '../federation/fake-provider/visit.test-support.ts'
import { type Browser, type Provider, startProvider } from '../frontend-api/browser.test-support.ts'

const addresses = {
  redirect_url: 'http://localhost:3000/sso-callback',
  action_complete_redirect_url: 'http://localhost:3000/tasks',
}

/** The one instance is an application at the other, which knows nothing of it but its address. */
let ours: Provider
let theirs: Provider
let application: { readonly id: string; readonly client_id: string; readonly client_secret: string }

beforeAll(async () => {
  theirs = await startProvider()
  const asked = { name: 'Ours', redirect_uris: ['http://127.0.0.1:1/'], scopes: 'openid profile email offline_access' }
  application = (await theirs.backend('POST', '/oauth_applications', asked)) as unknown as typeof application
  const { url } = theirs.clerk
  const discoveryUrl = `${url}/.well-known/openid-configuration`
  const { client_id: clientId, client_secret: clientSecret } = application
  const { issuer } = theirs.clerk.instance()
  const scopes = ['openid', 'profile', 'email', 'offline_access']
  ours = await startProvider({
    oidcProviders: [{ key: 'theirs', issuer, discoveryUrl, clientId, clientSecret, scopes }],
  })
  const redirectUris = { redirect_uris: [`${ours.clerk.url}/v1/oauth_callback`] }
  await theirs.backend('PATCH', `/oauth_applications/${application.id}`, redirectUris)
})

afterAll(async () => {
  await ours.stop()
  await theirs.stop()
})

async function begin(browser: Browser): Promise<URL> {
  const { response } = await browser.post('/client/sign_ins', { strategy: 'oauth_custom_theirs', ...addresses })
  const shown = response['first_factor_verification'] as { external_verification_redirect_url: string }
  return new URL(shown.external_verification_redirect_url)
}

/** Somebody with an account of theirs. */
async function signedUpThere(emailAddress: string): Promise<Browser> {
  const browser = await theirs.browser()
  const { response } = await browser.post('/client/sign_ups', { strategy: 'oauth_google', ...addresses })
  const { external_account: shown } = response['verifications'] as {
    external_account: { external_verification_redirect_url: string }
  }
  await comeBack(await visit(shown.external_verification_redirect_url, somebody(emailAddress)))
  return browser
}

/** What she reads at their authorization endpoint. */
async function ask(browser: Browser, authorization: URL): Promise<Response> {
  authorization.searchParams.set('__clerk_db_jwt', browser.devBrowser)
  return await fetch(authorization, { redirect: 'manual' })
}

/** Sends the form of the consent page as a browser does, and hands back where that leads. */
async function answerForm(page: Response, consented: boolean): Promise<URL> {
  const html = (await page.text()).replaceAll('&amp;', '&')
  const action = new URL(/<form method="post" action="([^"]*)"/.exec(html)?.[1] ?? '', page.url)
  const form = new URLSearchParams()
  for (const [, name = '', value = ''] of html.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
    form.append(name, value)
  }
  form.append('consented', String(consented))
  const answer = await fetch(action, { method: 'POST', body: form, redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '')
}

test('an instance signs people in with another one, which asks them once', async () => {
  const there = await signedUpThere('ada@both.example')
  const here = await ours.browser()
  const page = await ask(there, await begin(here))
  expect(page.status).toBe(200)
  await comeBack(await answerForm(page, true))
  const { response } = await here.post('/client/sign_ups', { transfer: 'true' })
  expect(response).toMatchObject({ status: 'complete', email_address: 'ada@both.example', first_name: 'Some' })
  const userId = String(response['created_user_id'])
  expect(await ours.backend('GET', `/users/${userId}`)).toMatchObject({
    email_addresses: [{ verification: { status: 'verified', strategy: 'from_oauth_custom_theirs' } }],
    external_accounts: [{ provider: 'oauth_custom_theirs', email_address_verified: true }],
  })

  const later = await ours.browser()
  const again = await ask(there, await begin(later))
  expect(again.status).toBe(303)
  expect((await comeBack(new URL(again.headers.get('location') ?? ''))).href).toBe(
    addresses.action_complete_redirect_url,
  )

  const path = `/users/${userId}/oauth_access_tokens/oauth_custom_theirs`
  const [kept] = (await ours.backend('GET', path)) as unknown as { token: string }[]
  expect(
    await theirs.backend('POST', '/oauth_applications/access_tokens/verify', { access_token: kept?.token }),
  ).toMatchObject({ client_id: application.client_id, scopes: ['openid', 'profile', 'email', 'offline_access'] })
})

test('who denies consent is not signed in', async () => {
  const there = await signedUpThere('denies@both.example')
  const here = await ours.browser()
  await comeBack(await answerForm(await ask(there, await begin(here)), false))
  expect((await here.get('/client')).response).toMatchObject({
    sessions: [],
    sign_in: { first_factor_verification: { status: 'failed', error: { code: 'oauth_access_denied' } } },
  })
})

test('an application cannot give the answer in her place', async () => {
  const there = await signedUpThere('overruled@both.example')
  const authorization = await begin(await ours.browser())
  authorization.searchParams.set('consented', 'true')
  const answer = await answerForm(await ask(there, authorization), false)
  expect([answer.searchParams.get('error'), answer.searchParams.has('code')]).toEqual(['access_denied', false])
})

test('a browser on which nobody is signed in is told so', async () => {
  const page = await ask(await theirs.browser(), await begin(await ours.browser()))
  expect(page.status).toBe(401)
  expect(await page.text()).toContain('Sign in')
})

test('prompt=login wants a fresh proof, and then goes on', async () => {
  const there = await signedUpThere('fresh@both.example')
  const authorization = await begin(await ours.browser())
  authorization.searchParams.set('prompt', 'login')
  expect((await ask(there, authorization)).status).toBe(200)
  theirs.pass(6)
  expect((await ask(there, authorization)).status).toBe(401)
})

test('an address that the application has not registered is never sent to', async () => {
  const there = await signedUpThere('strays@both.example')
  const authorization = await begin(await ours.browser())
  authorization.searchParams.set('redirect_uri', `${ours.clerk.url}/v1/oauth_callback/`)
  const refused = await ask(there, authorization)
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(refused.headers.get('location')).toBeNull()
})

test('discovery and the metadata of the OAuth server agree', async () => {
  const { url } = theirs.clerk
  const read = async (path: string) => (await (await fetch(`${url}/.well-known/${path}`)).json()) as object
  expect(await read('openid-configuration')).toMatchObject(await read('oauth-authorization-server'))
})

test('a code is bound to the verifier of its request', async () => {
  const there = await signedUpThere('pkce@both.example')
  const here = await ours.browser()
  const authorization = await begin(here)
  const verifier = randomBytes(32).toString('base64url')
  authorization.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'))
  const callback = await answerForm(await ask(there, authorization), true)
  // The exchange shows the verifier that the instance made, which is not the one of this request.
  await comeBack(callback)
  expect((await here.get('/client')).response).toMatchObject({ sessions: [] })
  const exchanged = await fetch(`${theirs.clerk.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: `${ours.clerk.url}/v1/oauth_callback`,
      client_id: application.client_id,
      client_secret: application.client_secret,
      code_verifier: verifier,
    }),
  })
  // Used up by the attempt with the wrong verifier.
  expect(await exchanged.json()).toMatchObject({ error: 'invalid_grant' })
})
