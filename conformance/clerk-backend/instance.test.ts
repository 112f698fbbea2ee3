// Settings of the instance, its domains, and what is not enabled, through the unmodified @clerk/backend.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})
afterAll(async () => {
  await clerk.stop()
})

async function ask(method: string, path: string, body?: unknown): Promise<readonly [number, unknown]> {
  const answer = await clerk.send(method, path, body)
  return [answer.status, answer.status === 204 ? null : await answer.json()]
}

describe('settings', () => {
  test('the instance is read and changed', async () => {
    await clerk.client.instance.update({ allowedOrigins: ['https://app.example.com'], testMode: false })
    expect(await clerk.client.instance.get()).toMatchObject({ id: clerk.instance.id, environmentType: 'development' })
    expect(await ask('GET', '/instance')).toMatchObject([200, { allowed_origins: ['https://app.example.com'] }])
  })

  test('restrictions keep what a change does not name', async () => {
    const { instance } = clerk.client
    expect(await instance.updateRestrictions({ blocklist: true })).toMatchObject({ blocklist: true, allowlist: false })
    const changed = await ask('PATCH', '/instance/restrictions', { allowlist_blocklist_disabled_on_sign_in: true })
    expect(changed).toMatchObject([200, { blocklist: true, allowlist_blocklist_disabled_on_sign_in: true }])
    const refused = await ask('PATCH', '/instance/restrictions', { blocklist: 'yes' })
    expect(refused).toMatchObject([422, { errors: [{ code: 'form_param_type_invalid' }] }])
  })

  test('beta settings are the same restrictions', async () => {
    const answer = await ask('PATCH', '/beta_features/instance_settings', { restricted_to_allowlist: true })
    expect(answer).toMatchObject([200, { object: 'instance_settings', restricted_to_allowlist: true }])
    expect(await clerk.client.instance.updateRestrictions({})).toMatchObject({ allowlist: true, blocklist: true })
    const bad = await ask('PATCH', '/beta_features/instance_settings', { from_email_address: 'a@b' })
    expect(bad).toMatchObject([422, { errors: [{ code: 'form_param_format_invalid' }] }])
  })

  test('countries for text messages are kept', async () => {
    const set = (codes: unknown) => ask('PATCH', '/instance/communication', { blocked_country_codes: codes })
    expect(await set(['DE', 'FR'])).toMatchObject([200, { blocked_country_codes: ['DE', 'FR'] }])
    expect(await ask('PATCH', '/instance/communication', {})).toMatchObject([200, {}])
    expect(await ask('GET', '/instance/communication')).toMatchObject([200, { blocked_country_codes: ['DE', 'FR'] }])
    expect(await set([])).toMatchObject([200, { blocked_country_codes: [] }])
    expect(await set(['de'])).toMatchObject([422, {}])
    expect(await set(['DE', 'DE'])).toMatchObject([422, {}])
  })

  test('protect is off and cannot be turned on', async () => {
    expect(await ask('GET', '/instance/protect')).toMatchObject([200, { rules_enabled: false }])
    expect(await ask('PATCH', '/instance/protect', { rules_enabled: false })).toMatchObject([200, {}])
    const on = await ask('PATCH', '/instance/protect', { rules_enabled: true })
    expect(on).toMatchObject([403, { errors: [{ code: 'feature_not_enabled' }] }])
  })
})

describe('domains', () => {
  test('satellites stand beside the instance’s own domain', async () => {
    const { domains } = clerk.client
    const added = await domains.add({ name: 'Satellite.example.com', is_satellite: true })
    expect(added).toMatchObject({ name: 'satellite.example.com', isSatellite: true })
    const changed = await domains.update({ domainId: added.id, proxy_url: 'https://satellite.example.com/__clerk' })
    expect(changed).toMatchObject({ name: 'satellite.example.com', proxyUrl: 'https://satellite.example.com/__clerk' })
    const { data, totalCount } = await domains.list()
    expect([data.map(({ name, isSatellite }) => [name, isSatellite]), totalCount]).toEqual([
      [
        ['admin.local.clerk.accounts.dev', false],
        ['satellite.example.com', true],
      ],
      2,
    ])
    const again = domains.add({ name: 'satellite.example.com', is_satellite: true })
    expect(await codeOf(again)).toEqual([400, 'duplicate_record'])
    const primary = String(data[0]?.id)
    expect(await codeOf(domains.delete(primary))).toEqual([403, 'operation_not_allowed'])
    expect(await codeOf(domains.update({ domainId: primary, name: 'x.example' }))).toEqual([
      403,
      'operation_not_allowed',
    ])
    await domains.delete(added.id)
    expect(await codeOf(domains.delete(added.id))).toEqual([404, 'resource_not_found'])
    expect(await codeOf(domains.update({ domainId: added.id, name: 'x.example' }))).toEqual([404, 'resource_not_found'])
  })

  test.each([
    [{ name: 'https://x.example', is_satellite: true }, 'form_param_format_invalid'],
    [{ name: 'x.example', is_satellite: false }, 'form_param_value_invalid'],
    [{ name: 'x.example', is_satellite: true, proxy_url: 'nowhere' }, 'form_param_format_invalid'],
    [{ is_satellite: true }, 'form_param_missing'],
  ])('%j is refused', async (params, code) => {
    expect(await codeOf(clerk.client.domains.add(params as never))).toEqual([422, code])
  })
})

describe('what is not enabled', () => {
  test.each<[what: string, call: () => Promise<unknown>]>([
    ['machines', () => clerk.client.machines.list()],
    ['M2M tokens', () => clerk.client.m2m.createToken({ machineSecretKey: clerk.instance.secretKey })],
    ['API keys', () => clerk.client.apiKeys.list({ subject: 'user_1' })],
    ['SAML connections', () => clerk.client.samlConnections.getSamlConnectionList()],
    ['enterprise connections', () => clerk.client.enterpriseConnections.getEnterpriseConnectionList()],
    ['billing', () => clerk.client.billing.getPlanList()],
    ['agent tasks', () => clerk.client.agentTasks.create({} as never)],
    ['proxy checks', () => clerk.client.proxyChecks.verify({ domainId: 'dmn_1', proxyUrl: 'https://x.example' })],
    [
      'web3 wallets',
      () => clerk.client.users.deleteUserWeb3Wallet({ userId: 'user_1', web3WalletIdentificationId: 'x' }),
    ],
  ])('%s are said to be', async (_what, call) => {
    expect(await codeOf(call())).toEqual([403, 'feature_not_enabled'])
  })

  test('an endpoint that nobody has is said to be unknown, and neither is told without the key', async () => {
    expect(await ask('GET', '/machinery')).toMatchObject([404, { errors: [{ code: 'resource_not_found' }] }])
    const without = await fetch(`${clerk.instance.backendApiUrl}/v1/machines`)
    expect(without.status).toBe(401)
  })
})

test('a reset takes away all that was administered', async () => {
  const { client } = clerk
  await client.invitations.createInvitation({ emailAddress: 'reset@example.com' })
  await client.allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'reset@example.com', notify: false })
  await client.redirectUrls.createRedirectUrl({ url: 'https://reset.example.com' })
  await client.waitlistEntries.create({ emailAddress: 'reset@example.com' })
  await client.domains.add({ name: 'reset.example.com', is_satellite: true })
  await client.oauthApplications.create({ name: 'Reset', redirectUris: ['https://reset.example.com'] })
  await clerk.instance.reset()
  const lists = await Promise.all([
    client.invitations.getInvitationList(),
    client.allowlistIdentifiers.getAllowlistIdentifierList(),
    client.redirectUrls.getRedirectUrlList(),
    client.waitlistEntries.list(),
    client.oauthApplications.list(),
  ])
  expect(lists.map(({ totalCount }) => totalCount)).toEqual([0, 0, 0, 0, 0])
  expect((await client.domains.list()).totalCount).toBe(1)
})
