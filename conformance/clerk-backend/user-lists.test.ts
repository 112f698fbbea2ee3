// Lists of users as the unmodified @clerk/backend asks for them: filters, orders, pages.

import type { User } from '@clerk/backend'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

const names = (list: { data: readonly User[] }) => list.data.map(({ firstName }) => firstName)

describe('lists of users', () => {
  const made: User[] = []

  beforeAll(async () => {
    for (const [index, name] of ['Zoe', 'Yan', 'Xia'].entries()) {
      made.push(
        await clerk.client.users.createUser({
          emailAddress: [`list-${name}@listing.example`],
          phoneNumber: [`+1555555012${index}`],
          username: `listed_${name}`,
          firstName: name,
          lastName: 'Listed',
          externalId: `list-${name}`,
        }),
      )
    }
    await clerk.client.users.banUser(made[2]?.id ?? '')
  })

  const listed = { query: 'Listed' }

  test('a page has the newest first and the count of all', async () => {
    const page = await clerk.client.users.getUserList({ ...listed, limit: 2 })
    expect([names(page), page.totalCount]).toEqual([['Xia', 'Yan'], 3])
    expect(names(await clerk.client.users.getUserList({ ...listed, limit: 2, offset: 2 }))).toEqual(['Zoe'])
  })

  test.each<[filter: object, found: readonly string[]]>([
    [{ emailAddress: ['LIST-zoe@listing.example', 'nobody@listing.example'] }, ['Zoe']],
    [{ phoneNumber: ['+15555550121'] }, ['Yan']],
    [{ phoneNumber: ['+19999999999'] }, []],
    [{ username: ['LISTED_xia'] }, ['Xia']],
    [{ externalId: ['list-Zoe', 'list-Yan'] }, ['Yan', 'Zoe']],
    [{ ...listed, externalId: ['-list-Zoe'] }, ['Xia', 'Yan']],
    [{ web3Wallet: ['0x1'] }, []],
    [{ emailAddressQuery: 'ZOE@LISTING' }, ['Zoe']],
    [{ phoneNumberQuery: '555012' }, ['Xia', 'Yan', 'Zoe']],
    [{ usernameQuery: 'ed_y' }, ['Yan']],
    [{ nameQuery: 'zoe list' }, ['Zoe']],
    [{ nameQuery: '%' }, []],
    [{ ...listed, banned: 'true' }, ['Xia']],
    [{ ...listed, banned: 'false' }, ['Yan', 'Zoe']],
    [{ ...listed, createdAtAfter: 4_000_000_000_000 }, []],
    [{ ...listed, createdAtBefore: 4_000_000_000_000 }, ['Xia', 'Yan', 'Zoe']],
    [{ ...listed, lastActiveAtAfter: 1 }, []],
    [{ ...listed, orderBy: 'first_name' }, ['Xia', 'Yan', 'Zoe']],
    [{ ...listed, orderBy: '-first_name' }, ['Zoe', 'Yan', 'Xia']],
    [{ ...listed, orderBy: '+created_at' }, ['Zoe', 'Yan', 'Xia']],
    [{ ...listed, orderBy: '-email_address' }, ['Zoe', 'Yan', 'Xia']],
    [{ ...listed, emailAddress: ['list-zoe@listing.example'], username: ['listed_Yan'] }, []],
  ])('the filter %o finds %o and counts as many', async (filter, found) => {
    const list = await clerk.client.users.getUserList(filter)
    expect([names(list), list.totalCount]).toEqual([found, found.length])
  })

  test('ids include and exclude', async () => {
    const [zoe, yan] = made
    expect(names(await clerk.client.users.getUserList({ userId: [zoe?.id ?? '', yan?.id ?? ''] }))).toEqual([
      'Yan',
      'Zoe',
    ])
    expect(names(await clerk.client.users.getUserList({ ...listed, userId: [`-${zoe?.id}`] }))).toEqual(['Xia', 'Yan'])
  })

  test('members of an organization are found by it', async () => {
    const [zoe] = made
    const organization = await clerk.client.organizations.createOrganization({ name: 'Zoo', createdBy: zoe?.id ?? '' })
    expect(names(await clerk.client.users.getUserList({ organizationId: [organization.id] }))).toEqual(['Zoe'])
    expect(names(await clerk.client.users.getUserList({ ...listed, organizationId: [`-${organization.id}`] }))).toEqual(
      ['Xia', 'Yan'],
    )
  })

  test('a cursor goes on where the page before ended', async () => {
    const [, yan] = made
    const page = await clerk.client.users.getUserList({ ...listed, startingAfter: yan?.id } as object)
    expect(names(page)).toEqual(['Zoe'])
  })

  test.each([{ limit: 501 }, { orderBy: '-password' }, { createdAtAfter: 'today' }, { startingAfter: 'x', offset: 1 }])(
    'the query %o is refused',
    async (query) => {
      expect((await refusalOf(clerk.client.users.getUserList(query as object))).status).toBe(422)
    },
  )
})
