// Every screen, with something on it: accessible at both widths, never wider than the window. Its pictures are the
// documents' (`SCREENSHOTS=docs/images/studio npx vitest run conformance/studio/screens.test.ts`).

import { rmSync } from 'node:fs'

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { screenshot } from '../browser/walk/screenshot.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { projectFolder } from '../running-stack.ts'
import { askClerk, createUser } from './ask-clerk.ts'
import { openStudio, type Studio } from './open-studio.ts'

/** Each screen by its address; `:user` and the like stand for what was made before. */
const screens = {
  home: '/',
  'table-editor': '/table-editor/public/tasks',
  'sql-editor': '/sql',
  'schema-visualizer': '/database/schemas',
  tables: '/database/tables',
  functions: '/database/functions',
  triggers: '/database/triggers',
  'enumerated-types': '/database/types',
  extensions: '/database/extensions',
  indexes: '/database/indexes',
  publications: '/database/publications',
  roles: '/database/roles',
  migrations: '/database/migrations',
  policies: '/auth/policies',
  'third-party-auth': '/auth/third-party',
  'api-docs': '/api-docs',
  'token-lab': '/token-lab',
  users: '/clerk/default/users',
  user: '/clerk/default/users/:user',
  organizations: '/clerk/default/organizations',
  organization: '/clerk/default/organizations/:organization',
  sessions: '/clerk/default/sessions',
  'jwt-templates': '/clerk/default/jwt-templates',
  'jwt-template': '/clerk/default/jwt-templates/new?from=supabase',
  'connect-supabase': '/clerk/default/connect-supabase',
  'clerk-api-keys': '/clerk/default/api-keys',
  authentication: '/clerk/default/authentication',
  restrictions: '/clerk/default/restrictions',
  webhooks: '/clerk/default/webhooks',
  webhook: '/clerk/default/webhooks/:webhook',
  'api-settings': '/settings/api',
  'signing-keys': '/settings/signing-keys',
} as const

let folder: string
let studio: Studio
const made: Record<string, string> = {}

beforeAll(async () => {
  folder = projectFolder()
  studio = await openStudio({ folder })
  const [ada, grace] = [await createUser(studio, 'ada'), await createUser(studio, 'grace')]
  const acme = await askClerk<{ id: string }>(studio, 'POST', '/organizations', { name: 'Acme', created_by: ada })
  const webhook = { url: 'http://127.0.0.1:9/clerk', event_types: ['user.created'], enabled: false }
  const endpoint = await askClerk<{ id: string }>(studio, 'POST', '/webhook_endpoints', webhook)
  Object.assign(made, { user: ada, organization: acme.id, webhook: endpoint.id })
  await studio.sql(`create type mood as enum ('glad', 'tired')`)
  await studio.sql(
    `insert into tasks (name, user_id)
     select 'Task ' || number, case when number % 3 = 0 then $2 else $1 end from generate_series(1, 40) number`,
    [ada, grace],
  )
  await studio.sql('analyze tasks')
})
afterAll(async () => {
  await studio.close()
  rmSync(folder, { recursive: true, force: true })
})

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path.replace(/:(\w+)/, (_match, name: string) => made[name] ?? ''))
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await expect.poll(async () => await page.getByText(/^Loading…$/).count()).toBe(0)
}

test.each(Object.entries(screens))('%s', async (name, path) => {
  const page = await studio.visit('/', { width: 1280 })
  await show(page, path)
  await screenshot(page, name)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.setViewportSize({ width: 400, height: 860 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test('every entry of the sidebar is among the screens', async () => {
  const page = await studio.visit()
  const links = page.getByRole('navigation', { name: 'Studio' }).getByRole('link')
  const addresses = await Promise.all((await links.all()).map(async (link) => await link.getAttribute('href')))
  const shown = Object.values<string>(screens).map((path) => path.replace('/default', ''))
  const without = addresses.filter(
    (address) => !shown.some((path) => path.startsWith((address ?? '').replace('/default', ''))),
  )
  expect(without).toEqual([])
})
