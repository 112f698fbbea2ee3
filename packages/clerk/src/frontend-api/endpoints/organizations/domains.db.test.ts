// Domains of organizations: how they are proven, and what they do for people with addresses at them.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Companies, idOf, startCompanies } from './companies.test-support.ts'

let companies: Companies

beforeAll(async () => {
  companies = await startCompanies()
})

afterAll(async () => {
  await companies.provider.stop()
})

const setUp = async (name = companies.domainName()) => {
  const made = await companies.company()
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
    const { otp_code: code } = (await companies.provider.lastMessage(`boss@${name}`)) ?? {}
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
    companies.provider.pass(11)
    expect((await people.admin.post(attempt, { code: '424242' })).code).toBe('verification_expired')
    await prepare()
    expect((await people.admin.post(attempt, { code: '424242' })).response).toMatchObject({
      verification: { status: 'verified' },
    })
    expect(await companies.provider.lastMessage(`boss+clerk_test@${name}`)).toBeUndefined()
  })

  test('has ten codes in ten minutes at the most, to whichever addresses they go', async () => {
    const { domain, name, people } = await setUp()
    const prepare = (email: string) =>
      people.admin.post(`${domain}/prepare_affiliation_verification`, { affiliation_email_address: email })
    for (let sent = 0; sent < 10; sent += 1) expect((await prepare(`boss-${sent}@${name}`)).status).toBe(200)
    const refused = await prepare(`boss-10@${name}`)
    expect([refused.status, refused.code]).toEqual([429, 'too_many_requests'])
    expect(await companies.provider.lastMessage(`boss-10@${name}`)).toBeUndefined()
  })

  test('invites whoever has an address at it', async () => {
    const { domain, name, people, id } = await setUp()
    await companies.provider.backend('PATCH', domain, { verified: true })
    const early = await companies.somebody(`early@${name}`)
    const changed = await people.admin.post(`${domain}/update_enrollment_mode`, {
      enrollment_mode: 'automatic_invitation',
    })
    expect(changed.response).toMatchObject({ enrollment_mode: 'automatic_invitation', total_pending_invitations: 1 })
    const late = await companies.somebody(`late@${name}`)
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

  test('invites somebody once, however many of her browsers ask at the same time', async () => {
    const { domain, name } = await setUp()
    await companies.provider.backend('PATCH', domain, { verified: true, enrollment_mode: 'automatic_invitation' })
    const first = await companies.somebody(`twice@${name}`)
    const second = await companies.provider.openFor(first.userId)
    const asked = [first, second, first, second].map((browser) => browser.ask('/me/organization_invitations'))
    for (const { response } of await Promise.all(asked)) expect(response).toMatchObject({ total_count: 1 })
  })

  test('suggests itself to whoever has an address at it, who may ask to join', async () => {
    const { domain, name, people, path } = await setUp()
    await companies.provider.backend('POST', `${domain}/verify_ownership`)
    await people.admin.post(`${domain}/update_enrollment_mode`, { enrollment_mode: 'automatic_suggestion' })
    const [liked, unliked] = [await companies.somebody(`liked@${name}`), await companies.somebody(`unliked@${name}`)]
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
    await companies.provider.backend('PATCH', domain, { verified: true })
    const other = await setUp(name)
    const proven = await companies.provider.backend('PATCH', other.domain, { verified: true })
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
    await companies.provider.backend('PATCH', domain, { verified: true, enrollment_mode: 'automatic_invitation' })
    const guest = await companies.somebody(`guest@${name}`)
    expect((await guest.ask('/me/organization_invitations')).response).toMatchObject({ total_count: 1 })
    const removed = await people.admin.ask(domain, { method: 'DELETE' })
    expect(removed.response).toMatchObject({ object: 'organization_domain', deleted: true })
    expect((await guest.ask('/me/organization_invitations')).response).toMatchObject({ total_count: 0 })
  })

  test('enrolls by itself only where any number of members may join, and there are ten at most', async () => {
    const { path, people, domain } = await setUp()
    await companies.provider.backend('PATCH', path, { max_allowed_memberships: 20 })
    const change = { enrollment_mode: 'automatic_invitation' }
    expect((await people.admin.post(`${domain}/update_enrollment_mode`, change)).code).toBe(
      'organization_unlimited_membership_required',
    )
    const codes: (string | undefined)[] = []
    for (let more = 0; more < 9; more += 1) {
      codes.push((await people.admin.post(`${path}/domains`, { name: companies.domainName() })).code)
    }
    expect(codes.at(-1)).toBe('organization_domain_quota_exceeded')
  })
})
