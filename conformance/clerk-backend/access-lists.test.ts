// Allow list, block list and redirect URLs through the unmodified @clerk/backend.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})
afterAll(async () => {
  await clerk.stop()
})

describe('the allow list', () => {
  test.each([
    ['Ada@Example.com', 'ada@example.com', 'email_address'],
    ['*@Example.org', '*@example.org', 'email_address'],
    ['+1 (555) 555-0142', '+15555550142', 'phone_number'],
    ['0x52908400098527886E0F7030069857D2E4169EE7', '0x52908400098527886e0f7030069857d2e4169ee7', 'web3_wallet'],
  ])('%s is listed as %s', async (text, identifier, identifierType) => {
    const { allowlistIdentifiers } = clerk.client
    const listed = await allowlistIdentifiers.createAllowlistIdentifier({ identifier: text, notify: false })
    expect(listed).toMatchObject({ identifier, identifierType, instanceId: clerk.instance.id })
    const again = allowlistIdentifiers.createAllowlistIdentifier({ identifier, notify: false })
    expect(await codeOf(again)).toEqual([400, 'duplicate_record'])
  })

  test('an address that is told gets an invitation, and a domain does not', async () => {
    const { allowlistIdentifiers } = clerk.client
    const told = { identifier: 'told@example.com', notify: true }
    const listed = await allowlistIdentifiers.createAllowlistIdentifier(told)
    expect(listed.invitationId).toMatch(/^inv_/)
    expect((await clerk.messages()).at(-1)).toMatchObject({ slug: 'invitation', recipient: 'told@example.com' })
    const domain = { identifier: '*@told.example.com', notify: true }
    expect((await allowlistIdentifiers.createAllowlistIdentifier(domain)).invitationId).toBeUndefined()
  })

  test('it is listed in pages, and an entry is taken off', async () => {
    const { allowlistIdentifiers } = clerk.client
    const { data, totalCount } = await allowlistIdentifiers.getAllowlistIdentifierList({ limit: 2, offset: 1 })
    expect([data.length, totalCount]).toEqual([2, 6])
    const id = String(data[0]?.id)
    expect(await allowlistIdentifiers.deleteAllowlistIdentifier(id)).toMatchObject({ id, deleted: true })
    expect(await codeOf(allowlistIdentifiers.deleteAllowlistIdentifier(id))).toEqual([404, 'resource_not_found'])
    expect(await (await clerk.send('GET', '/allowlist_identifiers?limit=1')).json()).toHaveLength(1)
  })

  test.each(['', 'nobody', '*@', '*@nodot', '+12', '0x12'])('%j is no identifier', async (identifier) => {
    const { allowlistIdentifiers } = clerk.client
    const [status] = await codeOf(allowlistIdentifiers.createAllowlistIdentifier({ identifier, notify: false }))
    expect(status).toBe(422)
  })
})

describe('the block list', () => {
  test('it is its own list, printed whole', async () => {
    const { blocklistIdentifiers, allowlistIdentifiers } = clerk.client
    const listed = await blocklistIdentifiers.createBlocklistIdentifier({ identifier: 'mallory@example.com' })
    expect(listed).toMatchObject({ identifier: 'mallory@example.com', identifierType: 'email_address' })
    await blocklistIdentifiers.createBlocklistIdentifier({ identifier: '*@evil.example' })
    const { data, totalCount } = await blocklistIdentifiers.getBlocklistIdentifierList()
    expect([data.map(({ identifier }) => identifier), totalCount]).toEqual([
      ['*@evil.example', 'mallory@example.com'],
      2,
    ])
    expect(await codeOf(allowlistIdentifiers.deleteAllowlistIdentifier(listed.id))).toEqual([404, 'resource_not_found'])
    await blocklistIdentifiers.deleteBlocklistIdentifier(listed.id)
    expect((await blocklistIdentifiers.getBlocklistIdentifierList()).totalCount).toBe(1)
  })

  test('the Backend API may still create who is on it', async () => {
    await clerk.client.instance.updateRestrictions({ blocklist: true, allowlist: true, blockEmailSubaddresses: true })
    const created = clerk.somebody({ emailAddress: ['anybody+x@evil.example'] })
    await expect(created).resolves.toMatchObject({ banned: false })
  })
})

describe('redirect URLs', () => {
  test('they are added, read, listed and deleted', async () => {
    const { redirectUrls } = clerk.client
    const first = await redirectUrls.createRedirectUrl({ url: 'https://app.example.com/callback' })
    const second = await redirectUrls.createRedirectUrl({ url: 'myapp://oauth-callback' })
    expect(await redirectUrls.getRedirectUrl(first.id)).toMatchObject({ url: 'https://app.example.com/callback' })
    const { data, totalCount } = await redirectUrls.getRedirectUrlList()
    expect([data.map(({ id }) => id), totalCount]).toEqual([[second.id, first.id], 2])
    expect(await (await clerk.send('GET', '/redirect_urls?limit=1&offset=1')).json()).toMatchObject([{ id: first.id }])
    expect(await codeOf(redirectUrls.createRedirectUrl({ url: second.url }))).toEqual([400, 'duplicate_record'])
    await redirectUrls.deleteRedirectUrl(first.id)
    expect(await codeOf(redirectUrls.getRedirectUrl(first.id))).toEqual([404, 'resource_not_found'])
    expect(await codeOf(redirectUrls.deleteRedirectUrl(first.id))).toEqual([404, 'resource_not_found'])
  })

  test('a browser is sent to one that is listed as it is written, and nowhere else', async () => {
    const url = 'https://listed.example.com/landing'
    const handshake = async (redirect_url: string) => {
      const query = new URLSearchParams({ redirect_url, format: 'nonce' }).toString()
      const path = `${clerk.instance.frontendApiUrl}/v1/client/handshake?${query}`
      return (await fetch(path, { redirect: 'manual' })).headers.get('location')
    }
    expect(await handshake(url)).toBeNull()
    await clerk.client.redirectUrls.createRedirectUrl({ url })
    expect(await handshake(url)).toMatch(`${url}?__clerk_handshake_nonce=`)
    expect(await handshake(`${url}/further`)).toBeNull()
  })

  test.each(['', 'nowhere', '/relative', 'javascript:alert(1)', 'javascript://x/%0aalert(1)', 'data:text/html,x'])(
    '%j is no redirect URL',
    async (url) => {
      const [status] = await codeOf(clerk.client.redirectUrls.createRedirectUrl({ url }))
      expect(status).toBe(422)
    },
  )
})
