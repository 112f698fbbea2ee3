// Who may do what in an organization through the Frontend API, and what the doing leads to.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Browser, type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn({
    organizations: { domainsEnabled: true, enrollmentModes: ['automatic_invitation', 'automatic_suggestion'] },
  })
  await provider.backend('POST', '/organization_roles', {
    name: 'Recruiter',
    key: 'org:recruiter',
    permissions: ['org:sys_memberships:manage'],
  })
})

afterAll(async () => {
  await provider.stop()
})

let count = 0
const address = (domain = 'example.com') => `person-${(count += 1)}@${domain}`
const somebody = (email = address()) => provider.signedIn({ email_address: [email] })

const idOf = (resource: Record<string, unknown>) => String(resource['id'])

/** An organization with an admin, a member and a recruiter in it, and everything an endpoint may name. */
async function company() {
  const admin = await somebody()
  const { response } = await admin.post('/organizations', { name: 'Acme' })
  const id = idOf(response)
  const join = async (role: string): Promise<Browser> => {
    const browser = await somebody()
    await provider.backend('POST', `/organizations/${id}/memberships`, { user_id: browser.userId, role })
    return browser
  }
  const [member, recruiter, spare] = [await join('org:member'), await join('org:recruiter'), await join('org:member')]
  const invited = await admin.post(`/organizations/${id}/invitations`, { email_address: address(), role: 'org:member' })
  const domain = await admin.post(`/organizations/${id}/domains`, { name: `company-${(count += 1)}.example` })
  return {
    id,
    path: `/organizations/${id}`,
    people: { admin, member, recruiter, outsider: await somebody() },
    spare,
    invitationId: idOf(invited.response),
    domainId: idOf(domain.response),
  }
}

type Company = Awaited<ReturnType<typeof company>>
type Person = keyof Company['people']
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

const everybody: readonly Person[] = ['admin', 'member', 'recruiter', 'outsider']
const insiders: readonly Person[] = ['admin', 'member', 'recruiter']
const managers: readonly Person[] = ['admin', 'recruiter']
const admins: readonly Person[] = ['admin']

const table: readonly [
  who: readonly Person[],
  method: Method,
  path: (company: Company) => string,
  form?: (company: Company) => Record<string, string>,
][] = [
  [insiders, 'GET', () => ''],
  [admins, 'PATCH', () => '', () => ({ name: 'Acme & Co' })],
  [admins, 'DELETE', () => ''],
  [admins, 'DELETE', () => '/logo'],
  [insiders, 'GET', () => '/roles'],
  [insiders, 'GET', () => '/memberships?paginated=true'],
  [managers, 'POST', () => '/memberships', ({ people }) => ({ user_id: people.outsider.userId, role: 'org:member' })],
  [managers, 'PATCH', ({ spare }) => `/memberships/${spare.userId}`, () => ({ role: 'org:recruiter' })],
  [managers, 'DELETE', ({ spare }) => `/memberships/${spare.userId}`],
  [managers, 'GET', () => '/invitations'],
  [managers, 'GET', () => '/invitations/pending'],
  [managers, 'POST', () => '/invitations', () => ({ email_address: address(), role: 'org:member' })],
  [managers, 'POST', () => '/invitations/bulk', () => ({ email_address: address(), role: 'org:member' })],
  [managers, 'POST', ({ invitationId }) => `/invitations/${invitationId}/revoke`],
  [managers, 'GET', () => '/membership_requests'],
  [admins, 'GET', () => '/domains'],
  [admins, 'GET', ({ domainId }) => `/domains/${domainId}`],
  [admins, 'POST', () => '/domains', () => ({ name: `more-${(count += 1)}.example` })],
  [
    admins,
    'POST',
    ({ domainId }) => `/domains/${domainId}/update_enrollment_mode`,
    () => ({ enrollment_mode: 'automatic_suggestion' }),
  ],
  [admins, 'DELETE', ({ domainId }) => `/domains/${domainId}`],
]

describe('only who is permitted', () => {
  test.each(table.map((row) => [row[1], row[2].toString().replace(/^.*=> /, ''), row] as const))(
    '%s %s',
    async (method, _shown, [permitted, , path, form]) => {
      const made = await company()
      for (const person of everybody.filter((one) => !permitted.includes(one))) {
        const refused = await made.people[person].ask(`${made.path}${path(made)}`, {
          method,
          ...(form && { form: form(made) }),
        })
        expect([person, refused.status, refused.code]).toEqual(
          person === 'outsider'
            ? [person, 404, 'organization_not_found_or_unauthorized']
            : [person, 403, 'missing_organization_permission'],
        )
      }
      for (const person of permitted) {
        const own = person === 'admin' ? made : await company()
        const answered = await own.people[person].ask(`${own.path}${path(own)}`, {
          method,
          ...(form && { form: form(own) }),
        })
        expect([person, answered.status, answered.code]).toEqual([person, 200, undefined])
      }
    },
  )
})

test('who creates an organization is its admin, and the answer carries her membership in the client', async () => {
  const browser = await somebody()
  const created = await browser.post('/organizations', { name: 'Grün & Söhne' })
  expect(created.response).toMatchObject({
    object: 'organization',
    name: 'Grün & Söhne',
    slug: 'gru-n-so-hne',
    members_count: 1,
    pending_invitations_count: 0,
    has_image: false,
  })
  expect(created.body['client']).toMatchObject({
    sessions: [{ user: { organization_memberships: [{ role: 'org:admin', organization: created.response }] } }],
  })
  const touched = await browser.post(`/client/sessions/${browser.sessionId}/touch`, {
    active_organization_id: String(created.response['slug']),
  })
  expect(touched.response).toMatchObject({ last_active_organization_id: created.response['id'] })
})

test('an outsider cannot make an organization her active one', async () => {
  const [{ id }, outsider] = [await company(), await somebody()]
  for (const wanted of [id, 'org_none']) {
    const refused = await outsider.post(`/client/sessions/${outsider.sessionId}/touch`, {
      active_organization_id: wanted,
    })
    expect([refused.status, refused.code]).toEqual([404, 'organization_not_found_or_unauthorized'])
  }
})

test('a user creates as many organizations as she may', async () => {
  const limited = await provider.signedIn({ email_address: [address()], create_organizations_limit: 1 })
  expect((await limited.post('/organizations', { name: 'One' })).status).toBe(200)
  expect((await limited.post('/organizations', { name: 'Two' })).code).toBe('organization_quota_exceeded')
  const barred = await provider.signedIn({ email_address: [address()], create_organization_enabled: false })
  expect((await barred.post('/organizations', { name: 'One' })).code).toBe('authorization_invalid')
})

test('the last member who can manage the organization stays as she is', async () => {
  const { path, id, people, spare } = await company()
  const { admin } = people
  const code = 'organization_minimum_permissions_needed'
  const own = `${path}/memberships/${admin.userId}`
  expect((await admin.ask(own, { method: 'PATCH', form: { role: 'org:member' } })).code).toBe(code)
  expect((await admin.ask(own, { method: 'DELETE' })).code).toBe(code)
  expect((await admin.ask(`/me/organization_memberships/${id}`, { method: 'DELETE' })).code).toBe(code)
  const promoted = `${path}/memberships/${spare.userId}`
  const answered = await admin.ask(promoted, { method: 'PATCH', form: { role: 'org:admin' } })
  expect(answered.response).toMatchObject({ role: 'org:admin', public_user_data: { user_id: spare.userId } })
  const left = await admin.ask(`/me/organization_memberships/${id}`, { method: 'DELETE' })
  expect(left.response).toMatchObject({ object: 'organization_membership', deleted: true })
})

test('deletion by members can be turned off for an organization', async () => {
  const { path, people } = await company()
  await provider.backend('PATCH', path, { admin_delete_enabled: false })
  expect((await people.admin.ask(path, { method: 'DELETE' })).code).toBe('organization_admin_delete_not_enabled')
})

test('members are found by name and role, a page at a time', async () => {
  const { path, people } = await company()
  const all = await people.member.ask(`${path}/memberships?paginated=true&limit=2`)
  expect(all.response).toMatchObject({ total_count: 4, data: [{}, {}] })
  const recruiters = await people.member.ask(`${path}/memberships?paginated=true&role=org:recruiter`)
  expect(recruiters.response).toMatchObject({
    total_count: 1,
    data: [{ public_user_data: { user_id: people.recruiter.userId }, permissions: ['org:sys_memberships:manage'] }],
  })
  const { email_addresses: addresses } = await provider.backend('GET', `/users/${people.admin.userId}`)
  const [first] = addresses as { email_address: string }[]
  const found = await people.member.ask(`${path}/memberships?paginated=true&query=${first?.email_address ?? ''}`)
  expect(found.response).toMatchObject({ total_count: 1, data: [{ role: 'org:admin' }] })
  expect((await people.member.ask(`${path}/memberships`)).body['response']).toHaveLength(4)
})

test('an invited person sees the invitation and accepts it once', async () => {
  const { path, people } = await company()
  const email = address()
  const invited = await people.admin.post(`${path}/invitations`, { email_address: email, role: 'org:recruiter' })
  expect(invited.response).toMatchObject({ object: 'organization_invitation', status: 'pending', url: null })
  expect(await provider.lastMessage(email)).toMatchObject({ slug: 'organization_invitation', org_name: 'Acme' })
  const guest = await somebody(email)
  const seen = await guest.ask('/me/organization_invitations?status=pending')
  expect(seen.response).toMatchObject({
    total_count: 1,
    data: [{ id: invited.response['id'], public_organization_data: { name: 'Acme' } }],
  })
  const accept = `/me/organization_invitations/${idOf(invited.response)}/accept`
  expect((await people.outsider.post(accept)).code).toBe('organization_invitation_identification_not_exist')
  const events = await provider.eventsOf(async () => {
    expect((await guest.post(accept)).response).toMatchObject({ status: 'accepted' })
  })
  expect(events).toEqual(['organizationInvitation.accepted', 'organizationMembership.created'])
  expect((await guest.post(accept)).code).toBe('organization_invitation_already_accepted')
  const own = await guest.ask('/me/organization_memberships?paginated=true')
  expect(own.response).toMatchObject({ total_count: 1, data: [{ role: 'org:recruiter' }] })
})

test('an invitation that is revoked or over is not accepted', async () => {
  const { path, people } = await company()
  const email = address()
  const guest = await somebody(email)
  const invite = async () => {
    const form = { email_address: email, role: 'org:member' }
    return idOf((await people.admin.post(`${path}/invitations`, form)).response)
  }
  const revoked = await invite()
  await people.admin.post(`${path}/invitations/${revoked}/revoke`)
  expect((await guest.post(`/me/organization_invitations/${revoked}/accept`)).code).toBe(
    'organization_invitation_revoked_code',
  )
  const late = await invite()
  provider.pass(31 * 24 * 60)
  const later = await provider.openFor(guest.userId)
  expect((await later.post(`/me/organization_invitations/${late}/accept`)).code).toBe('ticket_expired_code')
  expect((await later.post('/me/organization_invitations/orginv_none/accept')).code).toBe(
    'organization_invitation_not_found',
  )
})

const setUp = async (name = `firm-${(count += 1)}.example`) => {
  const made = await company()
  const domain = await made.people.admin.post(`${made.path}/domains`, { name })
  return { ...made, name, domain: `${made.path}/domains/${idOf(domain.response)}` }
}

describe('a domain', () => {
  test('is proven by a code to an address at it', async () => {
    const { domain, name, people } = await setUp()
    const { admin } = people
    const attempt = `${domain}/attempt_affiliation_verification`
    const prepare = (email: string) =>
      admin.post(`${domain}/prepare_affiliation_verification`, { affiliation_email_address: email })
    expect((await admin.post(attempt, { code: '424242' })).code).toBe('verification_missing')
    expect((await prepare('somebody@elsewhere.example')).code).toBe('organization_domain_mismatch')
    expect((await prepare(`boss@${name}`)).response).toMatchObject({
      affiliation_email_address: `boss@${name}`,
      affiliation_verification: { status: 'unverified', strategy: 'email_code', attempts: 0 },
    })
    const { otp_code: code } = (await provider.lastMessage(`boss@${name}`)) ?? {}
    const wrong = code === '000000' ? '000001' : '000000'
    expect((await admin.post(attempt, { code: wrong })).code).toBe('form_code_incorrect')
    const verified = await admin.post(attempt, { code: String(code) })
    expect(verified.response).toMatchObject({ verification: { status: 'verified', attempts: 1 } })
    expect((await admin.post(attempt, { code: String(code) })).code).toBe('verification_already_verified')
  })

  test('is not proven by guessing, nor by a code whose time is over', async () => {
    const { domain, name, people } = await setUp()
    const attempt = `${domain}/attempt_affiliation_verification`
    const prepare = () =>
      people.admin.post(`${domain}/prepare_affiliation_verification`, {
        affiliation_email_address: `boss+clerk_test@${name}`,
      })
    await prepare()
    for (let guess = 0; guess < 3; guess += 1) await people.admin.post(attempt, { code: '111111' })
    expect((await people.admin.post(attempt, { code: '424242' })).code).toBe('verification_failed')
    await prepare()
    provider.pass(11)
    expect((await people.admin.post(attempt, { code: '424242' })).code).toBe('verification_expired')
    await prepare()
    expect((await people.admin.post(attempt, { code: '424242' })).response).toMatchObject({
      verification: { status: 'verified' },
    })
  })

  test('invites whoever has an address at it', async () => {
    const { domain, name, people, id } = await setUp()
    await provider.backend('PATCH', domain, { verified: true })
    const early = await somebody(`early@${name}`)
    const changed = await people.admin.post(`${domain}/update_enrollment_mode`, {
      enrollment_mode: 'automatic_invitation',
    })
    expect(changed.response).toMatchObject({ enrollment_mode: 'automatic_invitation', total_pending_invitations: 1 })
    const late = await somebody(`late@${name}`)
    for (const browser of [early, late]) {
      const { response } = await browser.ask('/me/organization_invitations?status=pending')
      expect(response).toMatchObject({ total_count: 1, data: [{ role: 'org:member', status: 'pending' }] })
      const [invitation] = response['data'] as { id: string }[]
      expect((await browser.post(`/me/organization_invitations/${invitation?.id}/accept`)).status).toBe(200)
    }
    const removed = await people.admin.ask(`/organizations/${id}/memberships/${late.userId}`, { method: 'DELETE' })
    expect(removed.status).toBe(200)
    expect((await late.ask('/me/organization_invitations?status=pending')).response).toMatchObject({ total_count: 0 })
  })

  test('suggests itself to whoever has an address at it, who may ask to join', async () => {
    const { domain, name, people, path } = await setUp()
    await provider.backend('POST', `${domain}/verify_ownership`)
    await people.admin.post(`${domain}/update_enrollment_mode`, { enrollment_mode: 'automatic_suggestion' })
    const [liked, unliked] = [await somebody(`liked@${name}`), await somebody(`unliked@${name}`)]
    for (const browser of [liked, unliked]) {
      const { response } = await browser.ask('/me/organization_suggestions?status=pending&status=accepted')
      expect(response).toMatchObject({ total_count: 1, data: [{ status: 'pending' }] })
      const [suggestion] = response['data'] as { id: string }[]
      const accept = `/me/organization_suggestions/${suggestion?.id}/accept`
      expect((await browser.post(accept)).response).toMatchObject({ status: 'accepted' })
      expect((await browser.post(accept)).code).toBe('organization_suggestion_already_accepted')
    }
    const { response } = await people.recruiter.ask(`${path}/membership_requests?status=pending`)
    expect(response).toMatchObject({ total_count: 2 })
    const [second, first] = response['data'] as { id: string }[]
    const requests = `${path}/membership_requests`
    expect((await people.recruiter.post(`${requests}/${first?.id}/accept`)).response).toMatchObject({
      status: 'accepted',
      public_user_data: { user_id: liked.userId },
    })
    expect((await people.recruiter.post(`${requests}/${second?.id}/reject`)).response).toMatchObject({
      status: 'rejected',
    })
    expect((await people.recruiter.post(`${requests}/${second?.id}/accept`)).code).toBe(
      'organization_membership_request_not_pending',
    )
    expect((await liked.ask('/me/organization_suggestions')).response).toMatchObject({ total_count: 0 })
  })

  test('belongs to one organization once it is proven, and is no mailbox provider’s', async () => {
    const { path, people, name, domain } = await setUp()
    await provider.backend('PATCH', domain, { verified: true })
    const other = await setUp(name)
    const proven = await provider.backend('PATCH', other.domain, { verified: true })
    expect(proven['errors']).toMatchObject([{ code: 'organization_domain_already_exists' }])
    const refusals: [string, string][] = [
      ['gmail.com', 'organization_domain_common'],
      ['not a domain', 'form_param_format_invalid'],
      [name, 'organization_domain_already_exists'],
    ]
    for (const [wanted, code] of refusals) {
      expect((await people.admin.post(`${path}/domains`, { name: wanted })).code).toBe(code)
    }
  })

  test('takes back what nobody took up when it goes', async () => {
    const { domain, name, people } = await setUp()
    await provider.backend('PATCH', domain, { verified: true, enrollment_mode: 'automatic_invitation' })
    const guest = await somebody(`guest@${name}`)
    expect((await guest.ask('/me/organization_invitations')).response).toMatchObject({ total_count: 1 })
    const removed = await people.admin.ask(domain, { method: 'DELETE' })
    expect(removed.response).toMatchObject({ object: 'organization_domain', deleted: true })
    expect((await guest.ask('/me/organization_invitations')).response).toMatchObject({ total_count: 0 })
  })

  test('enrolls by itself only where any number of members may join, and there are ten at most', async () => {
    const { path, people, domain } = await setUp()
    await provider.backend('PATCH', path, { max_allowed_memberships: 20 })
    const change = { enrollment_mode: 'automatic_invitation' }
    expect((await people.admin.post(`${domain}/update_enrollment_mode`, change)).code).toBe(
      'organization_unlimited_membership_required',
    )
    const codes: (string | undefined)[] = []
    for (let more = 0; more < 9; more += 1) {
      codes.push((await people.admin.post(`${path}/domains`, { name: `many-${(count += 1)}.example` })).code)
    }
    expect(codes.at(-1)).toBe('organization_domain_quota_exceeded')
  })
})

test('a new organization may be named after the company that the address tells of', async () => {
  const [worker, private_] = [await somebody('ada@lovelace.example'), await somebody('ada@gmail.com')]
  const path = '/me/organization_creation_defaults'
  expect((await worker.ask(path)).response).toMatchObject({ form: { name: 'Lovelace', slug: 'lovelace' } })
  expect((await private_.ask(path)).response).toMatchObject({ form: { name: '', slug: '' }, advisory: null })
})

test('a logo is shown until it is taken away', async () => {
  const { path, people } = await company()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const body = new FormData()
  body.append('file', new Blob([png], { type: 'image/png' }), 'logo.png')
  const uploaded = await people.admin.ask(`${path}/logo`, { method: 'PUT', body })
  expect(uploaded.response).toMatchObject({ object: 'organization', has_image: true })
  const shown = await fetch(String(uploaded.response['image_url']))
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png)
  const removed = await people.admin.ask(`${path}/logo`, { method: 'DELETE' })
  expect(removed.response).toMatchObject({ has_image: false })
  const text = { method: 'PUT', body: new Uint8Array([104, 105]), headers: { 'content-type': 'image/png' } } as const
  expect((await people.admin.ask(`${path}/logo`, text)).status).toBeGreaterThanOrEqual(400)
})

test('slugs and organizations can be turned off for an instance', async () => {
  const { path, people } = await company()
  await provider.backend('PATCH', '/instance/organization_settings', { slug_disabled: true })
  const disabled = await people.admin.ask(path, { method: 'PATCH', form: { slug: 'other' } })
  expect([disabled.status, disabled.code]).toEqual([422, 'organization_slug_disabled'])
  await provider.backend('PATCH', '/instance/organization_settings', { slug_disabled: false, enabled: false })
  for (const asked of [path, '/me/organization_invitations']) {
    const refused = await people.admin.ask(asked)
    expect([refused.status, refused.code]).toEqual([403, 'organization_not_enabled_in_instance'])
  }
  await provider.backend('PATCH', '/instance/organization_settings', { enabled: true })
  const again = await people.admin.ask(path, { method: 'PATCH', form: { slug: 'acme-again' } })
  expect(again.response).toMatchObject({ slug: 'acme-again' })
  const other = await company()
  expect((await other.people.admin.ask(other.path, { method: 'PATCH', form: { slug: 'acme-again' } })).code).toBe(
    'form_identifier_exists',
  )
})
