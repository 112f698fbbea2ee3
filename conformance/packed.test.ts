import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { freePorts } from './running-stack.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const run = promisify(execFile)
const environment = {
  ...process.env,
  NO_COLOR: '1',
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
}

let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-packed-'))
  await run('npm', ['pack', '-w', 'tenon', '-w', '@tenon/clerk', '--pack-destination', folder], { cwd: REPOSITORY })
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs.map((name) => `./${name}`)], {
    cwd: folder,
    env: environment,
  })
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the packed packages, installed elsewhere, start, answer and stop', async () => {
  const [api, database, mailbox, clerk, studio] = await freePorts(5)
  const doors = ['--mailbox-port', `${mailbox}`, '--clerk-port', `${clerk}`, '--studio-port', `${studio}`]
  const ports = ['--api-port', `${api}`, '--db-port', `${database}`, ...doors]
  const server = spawn('npx', ['tenon', 'start', ...ports], { cwd: folder, env: environment, stdio: 'pipe' })
  let output = ''
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((done) => server.once('exit', done))
  const started = new Promise<void>((done) => {
    server.stdout.on('data', () => {
      if (output.includes('Ctrl+C')) done()
    })
  })
  await Promise.race([started, ended.then((code) => Promise.reject(new Error(`ended with ${code}:\n${output}`)))])
  const status = await run('npx', ['tenon', 'status', '-o', 'json'], { cwd: folder, env: environment })
  const lines = JSON.parse(status.stdout) as Record<string, string>
  const headers = { apikey: lines['PUBLISHABLE_KEY'] ?? '' }
  expect((await fetch(`${lines['REST_URL']}/nothing`, { headers })).status).toBe(404)
  expect((await fetch(lines['CLERK_JWKS_URL'] ?? '')).status).toBe(200)
  const script = await fetch(`${lines['CLERK_FRONTEND_API_URL']}/npm/@clerk/ui@1/dist/ui.browser.js`)
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  const link = await run('npx', ['tenon', 'studio'], { cwd: folder, env: environment })
  expect(await openedPage(link.stdout.trim())).toContain('<div id="root">')
  await run('npx', ['tenon', 'stop'], { cwd: folder, env: environment })
  expect(await ended, output).toBe(0)
})

/** What Studio shows to whoever uses the link as its page does. */
async function openedPage(link: string): Promise<string> {
  const { origin, searchParams } = new URL(link)
  const signedIn = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ code: searchParams.get('code') ?? '' }),
    headers: { origin },
    redirect: 'manual',
  })
  const [cookie = ''] = signedIn.headers.getSetCookie()
  return await (await fetch(origin, { headers: { cookie: cookie.split(';')[0] ?? '' } })).text()
}

test('an older Node is told in one sentence which one it takes', async () => {
  const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.1" } })'
  const launcher = join(folder, 'node_modules', 'tenon', 'dist', 'tenon.js')
  const attempt = run(process.execPath, ['--import', `data:text/javascript,${older}`, launcher, 'start'])
  await expect(attempt).rejects.toMatchObject({
    code: 1,
    stderr: 'tenon needs Node 22.18 or newer; this is Node 20.11.1.\n',
  })
})
