// The e-mail addresses and phone numbers of a user, through the unmodified @clerk/backend.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

describe('e-mail addresses and phone numbers', () => {
  test('an address is added, proven, made primary and taken away', async () => {
    const user = await clerk.somebody()
    const api = clerk.client.emailAddresses
    const added = await api.createEmailAddress({ userId: user.id, emailAddress: `second-${user.id}@example.com` })
    expect(added).toMatchObject({ id: expect.stringMatching(/^idn_/) as string, verification: null })
    expect((await refusalOf(api.updateEmailAddress(added.id, { primary: true }))).errors[0]?.code).toBe(
      'identification_update_failed',
    )
    await expect(api.updateEmailAddress(added.id, { verified: true, primary: true })).resolves.toMatchObject({
      verification: { status: 'verified' },
    })
    expect((await clerk.client.users.getUser(user.id)).primaryEmailAddressId).toBe(added.id)
    await expect(api.deleteEmailAddress(added.id)).resolves.toMatchObject({ deleted: true, id: added.id })
    expect((await clerk.client.users.getUser(user.id)).primaryEmailAddressId).toBe(user.primaryEmailAddressId)
    expect((await refusalOf(api.getEmailAddress(added.id))).status).toBe(404)
  })

  test('what somebody has proven to be hers is added to nobody else, proven or not', async () => {
    const [ada, eve] = [await clerk.somebody({ phoneNumber: ['+15555550166'] }), await clerk.somebody()]
    const { emailAddresses, phoneNumbers } = clerk.client
    const emailAddress = String(ada.primaryEmailAddress?.emailAddress)
    const address = await refusalOf(emailAddresses.createEmailAddress({ userId: eve.id, emailAddress }))
    const number = await refusalOf(phoneNumbers.createPhoneNumber({ userId: eve.id, phoneNumber: '+15555550166' }))
    expect([address, number].map(({ errors }) => errors[0]?.code)).toEqual([
      'form_identifier_exists',
      'form_identifier_exists',
    ])
    const forNobody = emailAddresses.createEmailAddress({ userId: 'user_nobody', emailAddress })
    expect((await refusalOf(forNobody)).status).toBe(404)
  })

  test('one identifier takes the place of all there were', async () => {
    const user = await clerk.somebody({ phoneNumber: ['+15555550188'] })
    const emailAddress = `replaced-${user.id}@example.com`
    const address = await clerk.client.users.replaceUserEmailAddress(user.id, { emailAddress })
    await clerk.client.users.replaceUserPhoneNumber(user.id, { phoneNumber: '+15555550189' })
    const replaced = await clerk.client.users.getUser(user.id)
    expect(replaced.emailAddresses.map(({ id }) => id)).toEqual([address.id])
    expect(replaced.primaryEmailAddress?.emailAddress).toBe(emailAddress.toLowerCase())
    expect(replaced.primaryPhoneNumber?.phoneNumber).toBe('+15555550189')
  })

  test('a number reserved for the second factor makes the user a two-factor one', async () => {
    const { id } = await clerk.somebody()
    const api = clerk.client.phoneNumbers
    const added = await api.createPhoneNumber({
      userId: id,
      phoneNumber: '+15555550177',
      verified: true,
      primary: true,
    })
    const reserved = await api.updatePhoneNumber(added.id, { reservedForSecondFactor: true })
    expect(reserved).toMatchObject({ reservedForSecondFactor: true, defaultSecondFactor: true })
    expect(await clerk.client.users.getUser(id)).toMatchObject({
      twoFactorEnabled: true,
      primaryPhoneNumberId: added.id,
    })
    await clerk.client.users.disableUserMFA(id)
    expect((await clerk.client.users.getUser(id)).twoFactorEnabled).toBe(false)
    await api.deletePhoneNumber(added.id)
  })
})
