import type { Locator, Page } from '@playwright/test'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import sharp from 'sharp'
import { expect, inject, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { signIn } from './walk/account.ts'
import { backend, makeAccount } from './walk/directory.ts'
import { newOrganization } from './walk/organization.ts'
import { screenshot } from './walk/screenshot.ts'

const visit = openVisitors()
const OWN = 'Your attachments'
const SHARED = 'Organisation attachments'

const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="teal"/>
  <circle cx="600" cy="400" r="220" fill="none" stroke="gold" stroke-width="90" stroke-dasharray="77 38"/>
  <circle cx="600" cy="400" r="150" fill="gold"/></svg>`

async function photo(): Promise<Buffer> {
  return await sharp(Buffer.from(DRAWING)).jpeg().toBuffer()
}

function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name })
}

async function attach(page: Page, list: string, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await region(page, list).getByLabel('Attach a file').setInputFiles({ name, mimeType, buffer })
}

/** The names that a list shows, for `expect.poll`. */
function names(page: Page, list: string): () => Promise<readonly string[]> {
  const links = region(page, list).getByRole('button', { name: 'Download' })
  return async () => await links.allInnerTexts()
}

/** How wide the first picture of a list is, for `expect.poll`; 0 until it is there. */
function pictureWidth(page: Page, list: string): () => Promise<number> {
  const picture = region(page, list).locator('img').first()
  return async () =>
    await picture.evaluate((image) => (image as unknown as { readonly naturalWidth: number }).naturalWidth)
}

/** Storage in the name of somebody, without her browser. */
async function storageOf(userId: string): Promise<SupabaseClient['storage']> {
  const { NEXT_PUBLIC_SUPABASE_URL = '', NEXT_PUBLIC_SUPABASE_KEY = '' } = inject('appVariables')
  const session = await backend().sessions.createSession({ userId })
  const accessToken = async () => (await backend().sessions.getToken(session.id)).jwt
  return createClient(NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_KEY, { accessToken }).storage
}

test('what somebody attaches is seen, fetched and deleted by her, and is nobody else’s', async () => {
  const [ada, grace] = [await makeAccount('ada'), await makeAccount('grace')]
  const { page } = await visit()
  await signIn(page, ada)
  await region(page, OWN).getByText('No files.').waitFor()

  await attach(page, OWN, 'Übersicht.jpg', 'image/jpeg', await photo())
  await expect.poll(names(page, OWN)).toEqual(['Ubersicht.jpg'])
  await expect.poll(pictureWidth(page, OWN)).toBe(96)
  await attach(page, OWN, 'Übersicht.jpg', 'image/jpeg', await photo())
  await expect.poll(async () => await region(page, OWN).getByRole('alert').innerText()).toContain('already exists')

  const strangers = (await storageOf(grace.id)).from('attachments')
  expect((await strangers.list(ada.id)).data).toEqual([])
  expect((await strangers.download(`${ada.id}/Ubersicht.jpg`)).error).toMatchObject({ statusCode: '404' })
  expect((await strangers.createSignedUrl(`${ada.id}/Ubersicht.jpg`, 60)).error).not.toBeNull()
  expect((await strangers.upload(`${ada.id}/present.txt`, 'x')).error).toMatchObject({ statusCode: '403' })

  const download = page.waitForEvent('download')
  await region(page, OWN).getByRole('button', { name: 'Download Ubersicht.jpg' }).click()
  expect((await download).suggestedFilename()).toBe('Ubersicht.jpg')

  await region(page, OWN).getByRole('button', { name: 'Delete Ubersicht.jpg' }).click()
  await region(page, OWN).getByText('No files.').waitFor()
})

test('an upload says how far it is, and an organisation shares what it has', async () => {
  const [ada, grace] = [await makeAccount('ada'), await makeAccount('grace')]
  const name = newOrganization('Engines')
  const { id: organizationId } = await backend().organizations.createOrganization({ name, createdBy: ada.id })
  await backend().organizations.createOrganizationMembership({ organizationId, userId: grace.id, role: 'org:member' })
  const [{ page: adas }, { page: graces }] = [await visit(), await visit()]
  await signIn(adas, ada)
  // Whoever is in one organisation has it active when she comes in.
  await region(adas, SHARED).getByRole('heading', { name }).waitFor()
  await attach(adas, SHARED, 'engine.jpg', 'image/jpeg', await photo())
  await expect.poll(pictureWidth(adas, SHARED)).toBe(96)

  const halfway = Promise.withResolvers<void>()
  await adas.route('**/upload/resumable/**', async (route) => {
    await halfway.promise
    await route.continue()
  })
  await attach(adas, SHARED, 'drawings.zip', 'application/zip', Buffer.alloc(7_000_000))
  await region(adas, SHARED).getByText('Uploading drawings.zip: 90 %').waitFor()
  await region(adas, SHARED).getByRole('progressbar').scrollIntoViewIfNeeded()
  await screenshot(adas, 'attachments')
  halfway.resolve()
  await expect.poll(names(adas, SHARED)).toEqual(['engine.jpg', 'drawings.zip'])

  await signIn(graces, grace)
  await region(graces, OWN).getByText('No files.').waitFor()
  await expect.poll(names(graces, SHARED)).toEqual(['engine.jpg', 'drawings.zip'])
  await expect.poll(pictureWidth(graces, SHARED)).toBe(96)
  await region(graces, SHARED).getByRole('button', { name: 'Delete engine.jpg' }).click()
  await expect.poll(names(graces, SHARED)).toEqual(['drawings.zip'])
})
