// Invitations and the waiting list through the unmodified @clerk/backend.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})
afterAll(async () => {
  await clerk.stop()
})

describe('invitations', () => {
  test('an invitation goes out as a letter with the link that accepts it', async () => {
    const invitation = await clerk.client.invitations.createInvitation({
      emailAddress: 'Guest@Example.com',
      publicMetadata: { team: 'a' },
      redirectUrl: 'http://localhost:3000/accept',
      expiresInDays: 3,
    })
    expect(invitation).toMatchObject({
      emailAddress: 'guest@example.com',
      status: 'pending',
      revoked: false,
      publicMetadata: { team: 'a' },
      raw: { expires_at: invitation.createdAt + 3 * 86_400_000 },
    })
    expect(invitation.url).toMatch(`${clerk.instance.frontendApiUrl}/v1/tickets/accept?ticket=ey`)
    expect((await clerk.messages()).at(-1)).toMatchObject({
      slug: 'invitation',
      recipient: 'guest@example.com',
      data: { link: invitation.url },
    })
    expect((await clerk.events()).at(-1)).toMatchObject({ type: 'email.created' })
  })

  test('no letter is written where none is wanted', async () => {
    const before = await clerk.messages()
    await clerk.client.invitations.createInvitation({ emailAddress: 'quiet@example.com', notify: false })
    expect(await clerk.messages()).toEqual(before)
  })

  test('an address is invited once, and not when somebody has it, unless that is ignored', async () => {
    const { invitations } = clerk.client
    await invitations.createInvitation({ emailAddress: 'twice@example.com' })
    const again = { emailAddress: 'twice@example.com' }
    expect(await codeOf(invitations.createInvitation(again))).toEqual([400, 'duplicate_record'])
    await invitations.createInvitation({ ...again, ignoreExisting: true })
    await clerk.somebody({ emailAddress: ['member@example.com'] })
    const member = { emailAddress: 'member@example.com' }
    expect(await codeOf(invitations.createInvitation(member))).toEqual([422, 'form_identifier_exists'])
    await invitations.createInvitation({ ...member, ignoreExisting: true })
  })

  test('a revoked invitation stays revoked and is left out of lists that do not ask for it', async () => {
    const { invitations } = clerk.client
    const { id } = await invitations.createInvitation({ emailAddress: 'gone@example.com' })
    expect(await invitations.revokeInvitation(id)).toMatchObject({ id, status: 'revoked', revoked: true })
    expect(await codeOf(invitations.revokeInvitation(id))).toEqual([400, 'invitation_already_revoked'])
    expect(await codeOf(invitations.revokeInvitation('inv_unknown'))).toEqual([404, 'resource_not_found'])
    const found = async (params: object) => (await invitations.getInvitationList({ query: id, ...params })).totalCount
    expect([await found({}), await found({ status: 'revoked' }), await found({ status: 'pending' })]).toEqual([0, 1, 0])
    await invitations.createInvitation({ emailAddress: 'gone@example.com' })
  })

  test('an invitation that is deleted is gone, and the entry of the waiting list that led to it has none', async () => {
    const { invitations, waitlistEntries } = clerk.client
    const { id } = await waitlistEntries.create({ emailAddress: 'erased@example.com' })
    const { invitation } = await waitlistEntries.invite(id)
    const invitationId = String(invitation?.id)
    expect(await invitations.deleteInvitation(invitationId)).toMatchObject({ id: invitationId, deleted: true })
    expect(await codeOf(invitations.deleteInvitation(invitationId))).toEqual([404, 'resource_not_found'])
    const [entry] = (await waitlistEntries.list({ query: 'erased@example.com' })).data
    expect([entry?.id, entry?.status, entry?.invitation ?? null]).toEqual([id, 'invited', null])
  })

  test('a letter may lead to an address or a path, and to nothing else', async () => {
    const { invitations } = clerk.client
    const invite = (redirectUrl: string) =>
      invitations.createInvitation({ emailAddress: `to-${redirectUrl.length}@example.com`, redirectUrl })
    await invite('/welcome')
    await invite('myapp://welcome')
    expect(await codeOf(invite('welcome'))).toEqual([422, 'form_param_format_invalid'])
    expect(await codeOf(invite('//elsewhere.example/welcome'))).toEqual([422, 'form_param_format_invalid'])
  })

  test('an accepted invitation cannot be revoked', async () => {
    const { id } = await clerk.client.invitations.createInvitation({ emailAddress: 'accepted@example.com' })
    await clerk.database.query(`update clerk.invitations set status = 'accepted' where id = '${id}'`, 'supabase_admin')
    const refusal = await codeOf(clerk.client.invitations.revokeInvitation(id))
    expect(refusal).toEqual([400, 'invitation_already_accepted'])
  })

  test('many invitations go out together or not at all', async () => {
    const { invitations } = clerk.client
    const sent = await invitations.createInvitationBulk([
      { emailAddress: 'bulk-1@example.com' },
      { emailAddress: 'bulk-2@example.com', templateSlug: 'waitlist_invitation' },
    ])
    expect(sent.map(({ emailAddress }) => emailAddress)).toEqual(['bulk-1@example.com', 'bulk-2@example.com'])
    expect((await clerk.messages()).slice(-2).map(({ slug }) => slug)).toEqual(['invitation', 'waitlist_invitation'])
    await clerk.somebody({ emailAddress: ['bulk-4@example.com'] })
    const half = [{ emailAddress: 'bulk-3@example.com' }, { emailAddress: 'bulk-4@example.com', ignoreExisting: true }]
    expect(await codeOf(invitations.createInvitationBulk(half))).toEqual([422, 'form_identifier_exists'])
    expect((await invitations.getInvitationList({ query: 'bulk-3' })).totalCount).toBe(0)
    const eleven = Array.from({ length: 11 }, (_, index) => ({ emailAddress: `many-${index}@example.com` }))
    expect(await codeOf(invitations.createInvitationBulk(eleven))).toEqual([422, 'form_param_value_too_large'])
    expect(await codeOf(invitations.createInvitationBulk([]))).toEqual([400, 'request_body_invalid'])
  })

  test('lists are ordered, filtered and cut into pages', async () => {
    const { invitations } = clerk.client
    for (const [name, expiresInDays] of [
      ['b', 5],
      ['a', 9],
      ['c', 1],
    ] as const) {
      await invitations.createInvitation({ emailAddress: `listed-${name}@example.com`, expiresInDays, notify: false })
    }
    const listed = async (params: object) => {
      const { data, totalCount } = await invitations.getInvitationList({ query: 'LISTED-', ...params })
      return [data.map(({ emailAddress }) => emailAddress.at('listed-'.length)).join(''), totalCount]
    }
    expect(await listed({})).toEqual(['cab', 3])
    expect(await listed({ orderBy: '+created_at' })).toEqual(['bac', 3])
    expect(await listed({ orderBy: 'email_address' })).toEqual(['abc', 3])
    expect(await listed({ orderBy: '-expires_at' })).toEqual(['abc', 3])
    expect(await listed({ orderBy: 'email_address', limit: 1, offset: 1 })).toEqual(['b', 3])
    expect(await listed({ status: 'expired' })).toEqual(['', 0])
    expect(await listed({ query: 'listed_' })).toEqual(['', 0])
    expect(await codeOf(listed({ orderBy: 'shoe_size' }))).toEqual([422, 'form_param_value_invalid'])
    expect(await codeOf(listed({ status: 'lost' }))).toEqual([422, 'form_param_value_invalid'])
    const bare = (await (await clerk.send('GET', '/invitations?query=listed-a')).json()) as object[]
    expect(bare).toMatchObject([{ object: 'invitation', email_address: 'listed-a@example.com' }])
  })

  test.each<[what: string, params: object, code: string]>([
    ['no address', {}, 'form_param_missing'],
    ['a bad address', { emailAddress: 'nobody' }, 'form_param_format_invalid'],
    ['no time', { emailAddress: 'x@example.com', expiresInDays: 0 }, 'form_param_value_invalid'],
    ['too much time', { emailAddress: 'x@example.com', expiresInDays: 366 }, 'form_param_value_too_large'],
    ['an unknown letter', { emailAddress: 'x@example.com', templateSlug: 'spam' }, 'form_param_value_invalid'],
  ])('an invitation with %s is refused', async (_what, params, code) => {
    expect(await codeOf(clerk.client.invitations.createInvitation(params as never))).toEqual([422, code])
  })
})

describe('the waiting list', () => {
  test('an address joins once, with a letter and an event', async () => {
    const { waitlistEntries } = clerk.client
    const entry = await waitlistEntries.create({ emailAddress: 'Waiting@Example.com' })
    expect(entry).toMatchObject({ emailAddress: 'waiting@example.com', status: 'pending' })
    expect((await clerk.messages()).at(-1)).toMatchObject({ slug: 'waitlist_confirmation' })
    expect((await clerk.events()).at(-2)).toMatchObject({ type: 'waitlistEntry.created', data: { id: entry.id } })
    const before = await clerk.messages()
    expect(await waitlistEntries.create({ emailAddress: 'waiting@example.com' })).toMatchObject({ id: entry.id })
    expect(await clerk.messages()).toEqual(before)
  })

  test('an entry is invited once, and then neither deleted nor invited again', async () => {
    const { waitlistEntries } = clerk.client
    const { id } = await waitlistEntries.create({ emailAddress: 'chosen@example.com', notify: false })
    const invited = await waitlistEntries.invite(id)
    expect(invited).toMatchObject({ status: 'invited', invitation: { emailAddress: 'chosen@example.com' } })
    expect((await clerk.messages()).at(-1)).toMatchObject({ slug: 'waitlist_invitation' })
    expect((await clerk.events()).at(-1)).toMatchObject({ type: 'waitlistEntry.updated', data: { status: 'invited' } })
    expect(await codeOf(waitlistEntries.invite(id))).toEqual([409, 'resource_conflict'])
    expect(await codeOf(waitlistEntries.delete(id))).toEqual([409, 'resource_conflict'])
    expect(await codeOf(waitlistEntries.invite('wle_unknown'))).toEqual([404, 'resource_not_found'])
  })

  test('an entry is rejected, and a pending one deleted', async () => {
    const { waitlistEntries } = clerk.client
    const { id } = await waitlistEntries.create({ emailAddress: 'rejected@example.com', notify: false })
    expect(await waitlistEntries.reject(id)).toMatchObject({ status: 'rejected' })
    const other = await waitlistEntries.create({ emailAddress: 'deleted@example.com', notify: false })
    expect(await waitlistEntries.delete(other.id)).toMatchObject({ id: other.id, deleted: true })
    expect((await waitlistEntries.list({ query: other.id })).totalCount).toBe(0)
  })

  test('an entry whose address has signed up is neither invited nor rejected', async () => {
    const { waitlistEntries } = clerk.client
    const { id } = await waitlistEntries.create({ emailAddress: 'completed@example.com', notify: false })
    const complete = `update clerk.waitlist_entries set status = 'completed' where id = '${id}'`
    await clerk.database.query(complete, 'supabase_admin')
    expect(await codeOf(waitlistEntries.invite(id))).toEqual([409, 'resource_conflict'])
    expect(await codeOf(waitlistEntries.reject(id))).toEqual([409, 'resource_conflict'])
  })

  test('many entries join together, each address once', async () => {
    const { waitlistEntries } = clerk.client
    const names = ['many-b', 'many-a', 'many-c'].map((name) => ({ emailAddress: `${name}@example.com`, notify: false }))
    expect(await waitlistEntries.createBulk(names)).toHaveLength(3)
    const twice = [{ emailAddress: 'same@example.com' }, { emailAddress: 'SAME@example.com' }]
    expect(await codeOf(waitlistEntries.createBulk(twice))).toEqual([422, 'form_param_value_invalid'])
    const invited = (await waitlistEntries.list({ query: 'many-a' })).data[0]
    await waitlistEntries.invite(String(invited?.id))
    const listed = async (params: object) => {
      const { data, totalCount } = await waitlistEntries.list({ query: 'many-', ...params })
      return [data.map(({ emailAddress }) => emailAddress.at('many-'.length)).join(''), totalCount]
    }
    expect(await listed({})).toEqual(['cab', 3])
    expect(await listed({ orderBy: '+email_address' })).toEqual(['abc', 3])
    expect(await listed({ orderBy: '-invited_at', limit: 1 })).toEqual(['a', 3])
    expect(await listed({ status: 'invited' })).toEqual(['a', 1])
    expect(await listed({ status: 'completed' })).toEqual(['', 0])
    expect(await codeOf(listed({ status: 'lost' }))).toEqual([422, 'form_param_value_invalid'])
  })
})
