import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

import { freePorts, type RunningStack, startStack, tenon } from './running-stack.ts'

let stack: RunningStack
/** The headers of a page that is signed in. */
let page: Record<string, string>

beforeAll(async () => {
  stack = await startStack()
  page = await signedInPage((await tenon(stack.folder, 'studio')).stdout.trim())
})
afterAll(async () => await stack[Symbol.asyncDispose]())

/** What the page of a link sends once its button was pressed. */
async function signedInPage(link: string): Promise<Record<string, string>> {
  const { origin, searchParams } = new URL(link)
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ code: searchParams.get('code') ?? '' }),
    redirect: 'manual',
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { origin, cookie, 'x-tenon-studio': '1' }
}

/** A project with nothing but this configuration. */
function productionFolder(toml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-production-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'supabase'))
  writeFileSync(join(folder, 'supabase', 'config.toml'), toml)
  return folder
}

/** Signs in under another name than the address: `fetch` does not let one choose `Host`. The status and the cookie. */
async function postForm(
  port: string,
  headers: Readonly<Record<string, string>>,
  form: Readonly<Record<string, string>>,
): Promise<[number, string]> {
  return await new Promise((resolve, reject) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const options = { host: '127.0.0.1', port, path: '/sign-in', method: 'POST', headers: { ...headers, ...type } }
    const sent = request(options, (answer) => {
      answer.resume()
      resolve([answer.statusCode ?? 0, answer.headers['set-cookie']?.[0] ?? ''])
    })
    sent.once('error', reject)
    sent.end(new URLSearchParams(form).toString())
  })
}

const ofStudio = (path: string): string => stack.line('STUDIO_URL') + path

test('the start prints a link that signs in', async () => {
  const link = /http:\S+\/sign-in\?code=\S+/.exec(stack.output())?.[0] ?? ''
  const headers = await signedInPage(link)
  expect((await fetch(ofStudio('/'), { headers })).status).toBe(200)
})

test('what administers the project takes the session for the secret key', async () => {
  const answer = await fetch(ofStudio('/platform/v1/tokens/explain'), {
    method: 'POST',
    headers: { ...page, 'content-type': 'application/json' },
    body: JSON.stringify({ token: stack.line('ANON_KEY') }),
  })
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ accepted: expect.anything() })])
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

const rowsFor = async (apikey: string): Promise<number> =>
  (await fetch(ofStudio('/rest/v1/tasks'), { headers: { ...page, apikey } })).status

test('rows are for whom the request says it is, as on the API’s own port', async () => {
  expect([await rowsFor(stack.line('PUBLISHABLE_KEY')), await rowsFor('sb_secret_of_nobody')]).toEqual([200, 401])
  const own = await fetch(`${stack.line('REST_URL')}/tasks`, { headers: { apikey: stack.line('PUBLISHABLE_KEY') } })
  expect(own.status).toBe(200)
})

test('a link is made for the secret key alone, not for a session', async () => {
  const links = '/platform/v1/studio/links'
  expect((await fetch(ofStudio(links), { method: 'POST', headers: page })).status).toBe(401)
  const apikey = stack.line('PUBLISHABLE_KEY')
  expect((await fetch(stack.line('API_URL') + links, { method: 'POST', headers: { apikey } })).status).toBe(401)
})

test('the session of the page opens nothing on the API’s own port', async () => {
  const answer = await fetch(`${stack.line('API_URL')}/platform/v1/third-party-users`, { headers: page })
  expect(answer.status).toBe(401)
})

test('the page learns of the project and of its Clerk instance, and reaches its Backend API without a key', async () => {
  const read = async (path: string): Promise<Record<string, never>> =>
    (await (await fetch(ofStudio(`/platform/v1${path}`), { headers: page })).json()) as Record<string, never>
  const project = await read('/project')
  expect(project).toMatchObject({
    folder: stack.folder,
    version: '0.1.0',
    addresses: { API_URL: stack.line('API_URL'), STUDIO_URL: stack.line('STUDIO_URL') },
    postgres: { kind: 'embedded', version: expect.stringMatching(/^18/) },
  })
  expect(JSON.stringify(project)).not.toContain('postgres:postgres')
  expect(await read('/clerk/instances')).toMatchObject({
    instances: [{ name: 'default', trusted: true, publishableKey: stack.line('CLERK_PUBLISHABLE_KEY') }],
  })
  const created = await fetch(ofStudio('/platform/v1/clerk/default/users'), {
    method: 'POST',
    headers: { ...page, 'content-type': 'application/json' },
    body: JSON.stringify({ email_address: ['studio@example.com'], password: 'a very long password 1' }),
  })
  const { id } = (await created.json()) as { id: string }
  expect([created.status, id]).toEqual([200, expect.stringMatching(/^user_/)])
  const image = new FormData()
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  image.set('file', new Blob([Buffer.from(pixel, 'base64')], { type: 'image/png' }), 'ada.png')
  const picture = await fetch(ofStudio(`/platform/v1/clerk/default/users/${id}/profile_image`), {
    method: 'POST',
    headers: page,
    body: image,
  })
  expect([picture.status, await picture.json()]).toEqual([200, expect.objectContaining({ has_image: true })])
  expect(await read('/clerk/default/users/user_nobody')).toMatchObject({ errors: [{ code: 'resource_not_found' }] })
})

test('without Studio there is no address of it, no link, and nothing on its port', async () => {
  const files = { 'supabase/config.toml': '[studio]\nenabled = false\n' }
  await using without = await startStack({ files })
  expect(without.lines).not.toHaveProperty('STUDIO_URL')
  expect(without.output()).not.toContain('sign-in?code')
  await expect(tenon(without.folder, 'studio')).rejects.toMatchObject({
    stderr: expect.stringContaining('Studio is not served here'),
  })
})

test('Studio is no door for strangers: not on a public address, and not in production, without a password', async () => {
  const exposed = { 'supabase/config.toml': '[studio]\nhost = "0.0.0.0"\n' }
  await expect(startStack({ files: exposed })).rejects.toThrow(/Studio[\s\S]*\[studio\] password/)
})

test('a port that is taken is told by the key that chooses it', async () => {
  const taken = new URL(stack.line('STUDIO_URL')).port
  const [api] = await freePorts(1)
  const args = ['--api-port', `${api}`, '--studio-port', taken]
  await expect(startStack({ empty: true, args })).rejects.toThrow(/where Studio wants to[\s\S]*\[studio\] port/)
})

test('in production the password signs in under the names that are listed, and no link is printed', async () => {
  const password = 'a password for production'
  const keys = `jwt_secret = "${'production '.repeat(4)}"\npublishable_key = "sb_publishable_${'p'.repeat(31)}"`
  const toml = `[auth]\n${keys}\nsecret_key = "sb_secret_${'s'.repeat(31)}"
[clerk]\nenabled = false
[studio]\nallow_production = true\npassword = "env(STUDIO_PASSWORD)"\nhosts = ["studio.example.com"]\n`
  const environment = { NODE_ENV: 'production', STUDIO_PASSWORD: password }
  await using production = await startStack({ environment, folder: productionFolder(toml) })
  expect(production.output()).not.toContain('sign-in?code')
  const address = new URL(production.line('STUDIO_URL'))
  const signIn = async (host: string): Promise<[number, string]> =>
    await postForm(address.port, { host, origin: `https://${host}`, 'x-forwarded-proto': 'https' }, { password })
  expect((await signIn('evil.example'))[0]).toBe(421)
  const [status, cookie] = await signIn('studio.example.com')
  expect([status, cookie]).toEqual([303, expect.stringMatching(/; HttpOnly; SameSite=Strict; Secure$/)])
})
