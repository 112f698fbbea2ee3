// What keeps invitations from becoming a way to fill somebody's mailbox.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Companies, idOf, startCompanies } from './companies.test-support.ts'

let companies: Companies

beforeAll(async () => {
  companies = await startCompanies()
})

afterAll(async () => {
  await companies.provider.stop()
})

test('an address is invited ten times in ten minutes at the most, by whomever', async () => {
  const [one, other] = [await companies.company(), await companies.company()]
  const email_address = companies.address()
  const invite = async ({ path, people }: typeof one) => {
    const invited = await people.admin.post(`${path}/invitations`, { email_address, role: 'org:member' })
    await people.admin.post(`${path}/invitations/${idOf(invited.response)}/revoke`)
    return invited
  }
  for (let sent = 0; sent < 5; sent += 1) {
    expect([(await invite(one)).status, (await invite(other)).status]).toEqual([200, 200])
  }
  const refused = await invite(one)
  expect([refused.status, refused.code]).toEqual([429, 'too_many_requests'])
  const bulk = { email_address, role: 'org:member' }
  expect((await other.people.admin.post(`${other.path}/invitations/bulk`, bulk)).status).toBe(429)
  companies.provider.pass(11)
  expect((await invite(one)).status).toBe(200)
})
