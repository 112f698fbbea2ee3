import { expect, inject, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { servePage } from './react/serve-page.ts'
import { enterPassword } from './walk/account.ts'
import { makeAccount } from './walk/directory.ts'

const visit = openVisitors()

test.each(['own server', 'own address'] as const)(
  '@clerk/react signs somebody in by the %s of the Frontend API, and knows her again',
  async (reach) => {
    const server = await servePage(reach, inject('appVariables'))
    const { page } = await visit(server.url)
    const ada = await makeAccount('ada')
    await page.goto('/')
    await enterPassword(page, ada)
    expect(await page.getByRole('status').innerText()).toBe(ada.email)
    await page.reload()
    expect(await page.getByRole('status').innerText()).toBe(ada.email)
    // The page may still be loading scripts through the server.
    await page.close()
    await server.close()
  },
)
