// A browser for a test file: each visitor has her own cookies, and none may have needed another host than this machine.

import type { Browser } from '@playwright/test'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'

import { openBrowser, openPerson, type Person } from './open-browser.ts'

/** Hosts that Clerk's scripts try without needing them: icons of providers, bot protection, telemetry. */
const dispensable = new Set(['img.clerk.com', 'challenges.cloudflare.com', 'clerk-telemetry.com'])

/** Opens the browser for the file and returns how a new visitor comes to the app. */
export function openVisitors(): (baseURL?: string) => Promise<Person> {
  const persons: Person[] = []
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterEach(async () => {
    for (const { context, strangers, errors } of persons.splice(0)) {
      await context.close()
      expect(errors).toEqual([])
      expect([...strangers].filter((host) => !dispensable.has(host))).toEqual([])
    }
  })
  afterAll(async () => await browser.close())
  return async (baseURL = inject('appUrl')) => {
    const person = await openPerson(browser, baseURL)
    persons.push(person)
    return person
  }
}
