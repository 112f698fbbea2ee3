// A browser that reaches this machine and nothing else. What a page asks of any other host is stopped and noted.

import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'

import { findChromium } from './find-chromium.ts'

/** One person's browser: cookies of her own. */
export interface Person {
  readonly context: BrowserContext
  readonly page: Page
  /** Hosts other than this machine that pages asked for, in vain. */
  readonly strangers: ReadonlySet<string>
  /** What pages threw, and wrote as errors; answers that say no are none. */
  readonly errors: readonly string[]
}

/** What the browser itself says where a server says no, or where a page may run no script. */
const notices = ['Failed to load resource', 'Blocked script execution']

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

/** Starts Chromium with an empty profile. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: findChromium(), args: flags })
}

/**
 * A new person at a page of the app. She wants no motion: while a section slides to its place it covers what others
 * point at, and a click whose button is covered before it is let go is nobody's.
 */
export async function openPerson(browser: Browser, baseURL: string): Promise<Person> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1000, height: 760 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const strangers = new Set<string>()
  const errors: string[] = []
  await context.route(
    ({ hostname }) => hostname !== 'localhost' && hostname !== '127.0.0.1',
    async (route) => {
      strangers.add(new URL(route.request().url()).hostname)
      await route.abort()
    },
  )
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !notices.some((notice) => text.startsWith(notice))) errors.push(text)
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return { context, page, strangers, errors }
}
