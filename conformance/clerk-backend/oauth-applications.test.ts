// OAuth applications through the unmodified @clerk/backend.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})
afterAll(async () => {
  await clerk.stop()
})

const redirectUris = ['https://app.example.com/callback']

test('an application is made with a secret that is told once, changed and deleted', async () => {
  const { oauthApplications } = clerk.client
  const made = await oauthApplications.create({ name: 'Reports', redirectUris, scopes: 'profile email openid' })
  expect(made).toMatchObject({
    name: 'Reports',
    instanceId: clerk.instance.id,
    isPublic: false,
    scopes: 'profile email openid',
    redirectUris,
    authorizeUrl: `${clerk.instance.frontendApiUrl}/oauth/authorize`,
    clientSecret: expect.stringMatching(/^[\w-]{43}$/) as unknown,
  })
  const read = await oauthApplications.get(made.id)
  expect(read.clientSecret).toBeUndefined()
  const changed = await oauthApplications.update({ oauthApplicationId: made.id, name: 'Reports 2', scopes: 'profile' })
  expect(changed).toMatchObject({ name: 'Reports 2', scopes: 'profile', redirectUris })
  const rotated = await oauthApplications.rotateSecret(made.id)
  expect(rotated.clientSecret).toMatch(/^[\w-]{43}$/)
  expect(rotated.clientSecret).not.toBe(made.clientSecret)
  const [row] = await clerk.database.query(
    `select octet_length(secret_digest) as length from clerk.oauth_applications where id = '${made.id}'`,
    'supabase_admin',
  )
  expect(row?.['length']).toBe(32)
  await oauthApplications.delete(made.id)
  expect(await codeOf(oauthApplications.get(made.id))).toEqual([404, 'resource_not_found'])
  expect(await codeOf(oauthApplications.delete(made.id))).toEqual([404, 'resource_not_found'])
  const gone = oauthApplications.update({ oauthApplicationId: made.id, name: 'x' })
  expect(await codeOf(gone)).toEqual([404, 'resource_not_found'])
})

test('a public application has no secret', async () => {
  const made = await clerk.client.oauthApplications.create({ name: 'Native', redirectUris, public: true })
  expect([made.isPublic, made.clientSecret]).toEqual([true, undefined])
})

test('applications are listed by name, order and page', async () => {
  const { oauthApplications } = clerk.client
  const made = []
  for (const name of ['Listed B', 'Listed A', 'Listed C'])
    made.push(await oauthApplications.create({ name, redirectUris }))
  const listed = async (params: Record<string, string>) => {
    const query = new URLSearchParams({ name_query: 'LISTED', ...params }).toString()
    const answer = await clerk.send('GET', `/oauth_applications?${query}`)
    const { data, total_count } = (await answer.json()) as { data: { name: string }[]; total_count: number }
    return [data.map(({ name }) => name.at(-1)).join(''), total_count]
  }
  expect(await listed({})).toEqual(['CAB', 3])
  expect(await listed({ order_by: 'name' })).toEqual(['ABC', 3])
  expect(await listed({ order_by: '-name', limit: '1', offset: '1' })).toEqual(['B', 3])
  expect(await listed({ name_query: String(made[0]?.clientId) })).toEqual(['B', 1])
  expect(await listed({ name_query: 'listed_' })).toEqual(['', 0])
  expect((await oauthApplications.list({ limit: 2 })).data).toHaveLength(2)
})

test('a logo is an image of this server', async () => {
  const { id } = await clerk.client.oauthApplications.create({ name: 'Pictured', redirectUris })
  const form = new FormData()
  form.append('file', new Blob([Buffer.from('89504e470d0a1a0a', 'hex')], { type: 'image/png' }))
  const headers = { authorization: `Bearer ${clerk.instance.secretKey}` }
  const url = `${clerk.instance.backendApiUrl}/v1/oauth_applications/${id}/logo`
  const { client_image_url } = (await (await fetch(url, { method: 'PUT', headers, body: form })).json()) as {
    client_image_url: string
  }
  expect((await fetch(client_image_url)).headers.get('content-type')).toBe('image/png')
})

test.each([
  [{ redirectUris }, 'form_param_missing'],
  [{ name: 'x'.repeat(257), redirectUris }, 'form_param_max_length_exceeded'],
  [{ name: 'x', redirectUris: ['nowhere'] }, 'form_param_format_invalid'],
  [{ name: 'x', redirectUris: ['javascript://x/%0aalert(1)'] }, 'form_param_format_invalid'],
  [{ name: 'x', redirectUris, scopes: 'profile everything' }, 'form_param_value_invalid'],
])('%j is refused', async (params, code) => {
  expect(await codeOf(clerk.client.oauthApplications.create(params as never))).toEqual([422, code])
})

test('a token that nobody has handed out is not verified', async () => {
  const { idPOAuthAccessToken } = clerk.client
  expect(await codeOf(idPOAuthAccessToken.verify('oat_unknown'))).toEqual([404, 'resource_not_found'])
})
