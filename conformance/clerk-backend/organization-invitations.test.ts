// The unmodified @clerk/backend invites people into organizations, and lists and revokes the invitations.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

let count = 0
const emailAddress = () => `invited-${(count += 1)}@example.com`

async function organization() {
  const admin = await clerk.somebody()
  const { id } = await clerk.client.organizations.createOrganization({ name: 'Acme', createdBy: admin.id })
  return { organizationId: id, inviterUserId: admin.id }
}

test('an invitation has its role, its metadata, its link and its end', async () => {
  const inviting = await organization()
  const address = emailAddress()
  const invitation = await clerk.client.organizations.createOrganizationInvitation({
    ...inviting,
    emailAddress: address.toUpperCase(),
    role: 'org:admin',
    publicMetadata: { team: 'core' },
    privateMetadata: { budget: 3 },
    redirectUrl: 'https://app.example.com/welcome',
    expiresInDays: 2,
  })
  expect(invitation).toMatchObject({
    emailAddress: address,
    role: 'org:admin',
    roleName: 'Admin',
    organizationId: inviting.organizationId,
    status: 'pending',
    publicMetadata: { team: 'core' },
    privateMetadata: { budget: 3 },
    publicOrganizationData: { name: 'Acme' },
  })
  expect(invitation.expiresAt - invitation.createdAt).toBe(2 * 86_400_000)
  expect(invitation.url).toContain('/v1/tickets/accept?ticket=')
  const letter = (await clerk.messages()).at(-1)
  expect(letter).toMatchObject({
    slug: 'organization_invitation',
    recipient: address,
    data: { action_url: invitation.url },
  })
  const read = await clerk.client.organizations.getOrganizationInvitation({
    organizationId: inviting.organizationId,
    invitationId: invitation.id,
  })
  expect(read).toMatchObject({ id: invitation.id, url: null })
})

test('several are made at once, without letters when nobody is to be told', async () => {
  const { organizationId, inviterUserId } = await organization()
  const letters = (await clerk.messages()).length
  const wanted = [emailAddress(), emailAddress()].map((address) => ({
    emailAddress: address,
    inviterUserId,
    role: 'org:member' as const,
    notify: false,
  }))
  const { data, totalCount } = await clerk.client.organizations.createOrganizationInvitationBulk(organizationId, wanted)
  expect([data.map((one) => one.emailAddress), totalCount]).toEqual([wanted.map((one) => one.emailAddress), 2])
  expect(await clerk.messages()).toHaveLength(letters)
})

test('they are listed by organization, by status, by user and for the whole instance', async () => {
  const { organizationId, inviterUserId } = await organization()
  const { organizations, users } = clerk.client
  const user = await clerk.somebody()
  const own = user.emailAddresses[0]?.emailAddress ?? ''
  const invite = (address: string) =>
    organizations.createOrganizationInvitation({
      organizationId,
      inviterUserId,
      emailAddress: address,
      role: 'org:member',
    })
  const [first, second] = [await invite(own), await invite(emailAddress())]
  const revoked = await organizations.revokeOrganizationInvitation({
    organizationId,
    invitationId: second.id,
    requestingUserId: inviterUserId,
  })
  expect(revoked.status).toBe('revoked')
  const listed = async (status?: ('pending' | 'revoked')[]) => {
    const params = status === undefined ? { organizationId } : { organizationId, status }
    return (await organizations.getOrganizationInvitationList(params)).data.map(({ id }) => id)
  }
  expect(await listed()).toEqual([second.id, first.id])
  expect(await listed(['pending'])).toEqual([first.id])
  expect(await listed(['revoked'])).toEqual([second.id])
  const ofUser = await users.getOrganizationInvitationList({ userId: user.id })
  expect(ofUser.data.map(({ id }) => id)).toEqual([first.id])
  const everywhere = await clerk.send('GET', `/organization_invitations?query=${own}&order_by=-email_address`)
  expect(await everywhere.json()).toMatchObject({ total_count: 1, data: [{ id: first.id }] })
})

test('what cannot be invited is refused in the SDK’s terms', async () => {
  const inviting = await organization()
  const { organizations } = clerk.client
  const invite = (more: object) =>
    organizations.createOrganizationInvitation({
      ...inviting,
      emailAddress: emailAddress(),
      role: 'org:member',
      ...more,
    })
  const address = emailAddress()
  await invite({ emailAddress: address })
  const twice = await refusalOf(invite({ emailAddress: address }))
  expect([twice.status, twice.errors[0]?.code, twice.errors[0]?.meta]).toMatchObject([
    400,
    'duplicate_record',
    { emailAddresses: [address] },
  ])
  const refused: [more: object, status: number, code: string][] = [
    [{ emailAddress: 'nobody' }, 422, 'form_param_format_invalid'],
    [{ role: 'org:none' }, 404, 'resource_not_found'],
    [{ expiresInDays: 0 }, 422, 'form_param_value_invalid'],
    [{ redirectUrl: 'javascript:alert(1)' }, 422, 'form_param_format_invalid'],
    [{ organizationId: 'org_none' }, 404, 'resource_not_found'],
  ]
  for (const [more, status, code] of refused) {
    const refusal = await refusalOf(invite(more))
    expect([refusal.status, refusal.errors[0]?.code]).toEqual([status, code])
  }
  const none = await clerk.send('POST', `/organizations/${inviting.organizationId}/invitations/bulk`, [])
  expect(none.status).toBe(400)
})
