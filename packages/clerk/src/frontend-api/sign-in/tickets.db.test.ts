// Tickets: what servers and letters hand out to sign in and up with.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Browser, type Provider, startProvider } from '../browser.test-support.ts'

let provider: Provider

beforeAll(async () => {
  provider = await startProvider({ authentication: { signUpMode: 'restricted' } })
})

afterAll(async () => {
  await provider.stop()
})

const password = 'correct horse battery'
let people = 0
const newEmail = () => `ticket-${(people += 1)}@example.com`

async function somebody(more: object = {}): Promise<{ readonly email: string; readonly id: string }> {
  const email = newEmail()
  const { id } = await provider.backend('POST', '/users', { email_address: [email], password, ...more })
  return { email, id: String(id) }
}

const signIn = (browser: Browser, ticket: unknown) =>
  browser.post('/client/sign_ins', { strategy: 'ticket', ticket: String(ticket) })
const signUp = (browser: Browser, ticket: unknown, more: Record<string, string> = {}) =>
  browser.post('/client/sign_ups', { strategy: 'ticket', ticket: String(ticket), ...more })
const ticketOf = (url: unknown) => new URL(String(url)).searchParams.get('ticket')
const invite = async (email: string, more: object = {}) =>
  provider.backend('POST', '/invitations', { email_address: email, redirect_url: 'http://localhost:3000/in', ...more })

async function organization(): Promise<{ readonly id: string; readonly inviter: string }> {
  const { id: inviter } = await somebody()
  const made = await provider.backend('POST', '/organizations', { name: 'Acme', created_by: inviter })
  return { id: String(made['id']), inviter }
}

async function inviteTo(organizationId: string, inviter: string, email: string): Promise<string> {
  await provider.backend('POST', `/organizations/${organizationId}/invitations`, {
    email_address: email,
    role: 'org:member',
    inviter_user_id: inviter,
    redirect_url: 'http://localhost:3000/join',
  })
  return String((await provider.messagesTo(email)).at(-1)?.['action_url'])
}

test('a sign-in token opens the organization it names, not the one its user joined last', async () => {
  const { id } = await somebody()
  const { id: first } = await organization()
  const join = (to: string) =>
    provider.backend('POST', `/organizations/${to}/memberships`, { user_id: id, role: 'org:member' })
  await join(first)
  const { id: last } = await organization()
  await join(last)
  const { token } = await provider.backend('POST', '/sign_in_tokens', { user_id: id, org_id: first })
  const { client } = await signIn(await provider.browser(), token)
  expect(client).toMatchObject({ sessions: [{ last_active_organization_id: first }] })
  const { id: stranger } = await somebody()
  const refused = await provider.backend('POST', '/sign_in_tokens', { user_id: stranger, org_id: first })
  expect(refused).toMatchObject({ errors: [{ code: 'resource_not_found' }] })
})

test('a sign-in token signs its user in, once, without a second factor', async () => {
  const { id } = await somebody({ totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' })
  const { token } = await provider.backend('POST', '/sign_in_tokens', { user_id: id })
  const done = await signIn(await provider.browser(), token)
  expect(done.response).toMatchObject({
    status: 'complete',
    first_factor_verification: { strategy: 'ticket', status: 'verified', object: 'verification_ticket' },
  })
  expect(done.client).toMatchObject({ sessions: [{ user: { id } }], last_authentication_strategy: 'ticket' })
  const again = await signIn(await provider.browser(), token)
  expect([again.status, again.code]).toEqual([400, 'sign_in_token_already_used_code'])
})

test('an actor token opens a session that says who acts, for as long as it was told', async () => {
  const { id } = await somebody()
  const actor = { sub: 'user_support' }
  const body = { user_id: id, actor, session_max_duration_in_seconds: 600 }
  const { token } = await provider.backend('POST', '/actor_tokens', body)
  const done = await signIn(await provider.browser(), token)
  expect(done.client).toMatchObject({ sessions: [{ actor, expire_at: provider.now() + 600_000 }] })
})

test('a ticket that is none, or is missing, is refused', async () => {
  const browser = await provider.browser()
  expect((await signIn(browser, 'nonsense')).code).toBe('ticket_invalid_code')
  expect((await browser.post('/client/sign_ins', { strategy: 'ticket' })).code).toBe('form_param_missing')
  expect((await signUp(browser, 'nonsense')).code).toBe('ticket_invalid_code')
  const { token } = await provider.backend('POST', '/sign_in_tokens', { user_id: (await somebody()).id })
  expect((await signUp(browser, token)).code).toBe('ticket_invalid_code')
})

test('without an invitation nobody signs up here', async () => {
  const refused = await (await provider.browser()).post('/client/sign_ups', { email_address: newEmail(), password })
  expect([refused.status, refused.code]).toEqual([403, 'sign_up_mode_restricted'])
})

test('an invitation leads to the sign-up with its address proven, and is used up by the user', async () => {
  const email = newEmail()
  const { url, id } = await invite(email, { public_metadata: { plan: 'pro' } })
  const browser = await provider.browser()
  const target = await browser.open(String(url))
  expect(target.origin + target.pathname).toBe('http://localhost:3000/in')
  expect(target.searchParams.get('__clerk_status')).toBe('sign_up')
  const ticket = target.searchParams.get('__clerk_ticket')
  const begun = await signUp(browser, ticket)
  expect(begun.response).toMatchObject({
    status: 'missing_requirements',
    email_address: email,
    missing_fields: ['password'],
    unverified_fields: [],
    verifications: { email_address: { status: 'verified', strategy: 'ticket' } },
  })
  const path = `/client/sign_ups/${String(begun.response['id'])}`
  const refused = await browser.patch(path, { email_address: newEmail() })
  expect(refused.code).toBe('form_conditional_param_disallowed')
  const done = await browser.patch(path, { password })
  expect(done.response).toMatchObject({ status: 'complete' })
  expect(done.client).toMatchObject({ sessions: [{ user: { public_metadata: { plan: 'pro' } } }] })
  const listed = (await provider.backend('GET', '/invitations?status=accepted')) as unknown as { id: string }[]
  expect(listed.map((invitation) => invitation.id)).toContain(id)
  expect((await signUp(await provider.browser(), ticket)).code).toBe('invitation_already_accepted')
})

test('of two sign-ups with one invitation one becomes a user', async () => {
  const { url } = await invite(newEmail())
  const ticket = ticketOf(url)
  const browsers = [await provider.browser(), await provider.browser()]
  const answers = await Promise.all(browsers.map((browser) => signUp(browser, ticket, { password })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('an invitation of nobody with an account does not sign in', async () => {
  const { url } = await invite(newEmail())
  const refused = await signIn(await provider.browser(), ticketOf(url))
  expect([refused.status, refused.code]).toEqual([404, 'invitation_account_not_exists'])
})

test('an invitation of somebody with an account signs in and not up', async () => {
  const { email, id } = await somebody()
  const { url } = await invite(email, { ignore_existing: true })
  const browser = await provider.browser()
  expect((await browser.open(String(url))).searchParams.get('__clerk_status')).toBe('sign_in')
  expect((await signUp(browser, ticketOf(url))).code).toBe('invitation_account_exists')
  expect((await signIn(browser, ticketOf(url))).client).toMatchObject({ sessions: [{ user: { id } }] })
})

test('an organization’s invitation makes a new user a member', async () => {
  const { id, inviter } = await organization()
  const email = newEmail()
  const link = await inviteTo(id, inviter, email)
  const browser = await provider.browser()
  expect((await browser.open(link)).searchParams.get('__clerk_status')).toBe('sign_up')
  const done = await signUp(browser, ticketOf(link), { password })
  expect(done.client).toMatchObject({
    sessions: [{ last_active_organization_id: id, user: { organization_memberships: [{ role: 'org:member' }] } }],
  })
})

test('an organization’s invitation signs a known user in as a member', async () => {
  const { id, inviter } = await organization()
  const { email } = await somebody()
  const link = await inviteTo(id, inviter, email)
  const browser = await provider.browser()
  expect((await browser.open(link)).searchParams.get('__clerk_status')).toBe('sign_in')
  const done = await signIn(browser, ticketOf(link))
  expect(done.client).toMatchObject({ sessions: [{ last_active_organization_id: id }] })
  expect((await signIn(await provider.browser(), ticketOf(link))).code).toBe('organization_invitation_already_accepted')
})

test('an organization’s invitation is accepted on the spot by who is signed in', async () => {
  const { id, inviter } = await organization()
  const { email } = await somebody()
  const browser = await provider.browser()
  await browser.post('/client/sign_ins', { identifier: email, strategy: 'password', password })
  const target = await browser.open(await inviteTo(id, inviter, email))
  expect(target.searchParams.get('__clerk_status')).toBe('complete')
  expect((await browser.get('/client')).response).toMatchObject({
    sessions: [{ user: { organization_memberships: [{ organization: { id } }] } }],
  })
})

test('a link never leads to a page that is not welcome', async () => {
  const { url } = await invite(newEmail())
  const browser = await provider.browser()
  const answer = await browser.get(`/tickets/accept?ticket=${ticketOf(url)}&redirect_url=https://evil.example/`)
  expect([answer.status, answer.code]).toEqual([422, 'form_param_value_invalid'])
  expect((await browser.get('/tickets/accept')).code).toBe('form_param_missing')
})

test('a link without an address leads to where the application that invites usually signs people up', async () => {
  const { url } = await provider.backend('POST', '/invitations', { email_address: newEmail() })
  const browser = await provider.browser()
  const application = encodeURIComponent('http://localhost:3000')
  const target = await browser.open(`${String(url)}&application=${application}`)
  expect(target.origin + target.pathname).toBe('http://localhost:3000/sign-up')
  const evil = await browser.get(`/tickets/accept?ticket=${ticketOf(url)}&application=https://evil.example`)
  expect(evil.status).toBe(422)
})

test('a link with a path leads to that page of the application, and a path that leaves it to none', async () => {
  const { url } = await invite(newEmail(), { redirect_url: '/welcome?from=letter' })
  const browser = await provider.browser()
  const application = encodeURIComponent('http://localhost:3000')
  const target = await browser.open(`${String(url)}&application=${application}`)
  expect(target.href).toMatch(/^http:\/\/localhost:3000\/welcome\?from=letter&__clerk_ticket=/)
  const evil = `/tickets/accept?ticket=${ticketOf(url)}&application=${application}&redirect_url=//evil.example/`
  expect((await browser.get(evil)).status).toBe(422)
})
