// A stack over a project of its own, and signed-in pages of its Studio in a browser that reaches this machine alone.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import type { Browser, Cookie, Page } from '@playwright/test'
import { Client, type QueryResultRow } from 'pg'

import { openBrowser, openPerson } from '../browser/chromium/open-browser.ts'
import { type RunningStack, type StackOptions, startStack, tenon } from '../running-stack.ts'

/** What a page looks like. */
interface PageOptions {
  /** Pixels; 1280 where it is left out. */
  readonly width?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** A running Studio. */
export interface Studio {
  readonly stack: RunningStack
  /** The project, which holds `supabase/`. */
  readonly folder: string
  /** A page of somebody who is signed in, at `path`, once it has a heading. Each call is another browser profile. */
  readonly visit: (path?: string, options?: PageOptions) => Promise<Page>
  /** Another tab of the same profile. */
  readonly tabOf: (page: Page, path: string) => Promise<Page>
  /** Rows of one statement, as the database's owner. */
  readonly sql: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>
  /** Ends everything; fails where a page threw or wrote an error. */
  readonly close: () => Promise<void>
}

interface StudioOptions extends Omit<StackOptions, 'folder' | 'empty'> {
  /** Start over this folder, which stays; else over an empty one with `files` in it. */
  readonly folder?: string
}

/** Starts a stack and a browser; `close` ends both. */
export async function openStudio(options: StudioOptions = {}): Promise<Studio> {
  const folder = options.folder ?? emptyProject(options.files ?? {})
  const stack = await startStack({ ...options, folder })
  const browser = await openBrowser()
  const url = stack.line('STUDIO_URL')
  const session = await signedIn(browser, url, folder)
  const people: Awaited<ReturnType<typeof openPerson>>[] = []
  const client = new Client(stack.line('DB_URL'))
  await client.connect()
  return {
    stack,
    folder,
    async visit(path = '/', { width = 1280, colorScheme = 'light' } = {}) {
      const person = await openPerson(browser, url)
      people.push(person)
      await person.page.setViewportSize({ width, height: 860 })
      await person.page.emulateMedia({ colorScheme })
      await person.context.addCookies([...session])
      await person.page.goto(path)
      // By its element, as a panel that the address opens hides the page from whoever asks by role.
      await person.page.locator('h1').waitFor()
      return person.page
    },
    async tabOf(page, path) {
      const tab = await page.context().newPage()
      await tab.goto(new URL(path, url).href)
      return tab
    },
    sql: async (text, values = []) => (await client.query(text, [...values])).rows,
    async close() {
      await browser.close()
      await client.end()
      await stack.stop()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
      const errors = people.flatMap((person) => person.errors)
      if (errors.length > 0) throw new Error(`pages had errors:\n${errors.join('\n')}`)
    },
  }
}

/** The cookies of somebody who opened a fresh one-time link, as `tenon studio` prints it. */
export async function signedIn(browser: Browser, url: string, folder: string): Promise<readonly Cookie[]> {
  const { stdout } = await tenon(folder, 'studio')
  const link = /http:\/\/\S+/.exec(stdout)?.[0]
  if (link === undefined) throw new Error(`tenon studio printed no link:\n${stdout}`)
  const { context, page } = await openPerson(browser, url)
  await page.goto(link)
  // The page of the link has a heading, too, and no way to the screens.
  await page.getByRole('navigation', { name: 'Studio' }).waitFor({ state: 'attached' })
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

/** A project with nothing in it but these files. */
function emptyProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-studio-'))
  mkdirSync(join(folder, 'supabase'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
