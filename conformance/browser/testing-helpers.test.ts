import { clerk, clerkSetup, setupClerkTestingToken } from '@clerk/testing/playwright'
import { beforeAll, expect, inject, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { newAccount } from './walk/account.ts'
import { backend, makeAccount } from './walk/directory.ts'
import { lines } from './walk/lists.ts'

const visit = openVisitors()

beforeAll(async () => {
  const { CLERK_API_URL, CLERK_SECRET_KEY, NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY } = inject('appVariables')
  Object.assign(process.env, { CLERK_API_URL, CLERK_SECRET_KEY })
  await clerkSetup({ publishableKey: NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY ?? '', dotenv: false })
})

test('clerk.signIn by password, and clerk.signOut', async () => {
  const { page } = await visit()
  const { email, password } = await makeAccount('ada')
  await setupClerkTestingToken({ page })
  await page.goto('/')
  await clerk.signIn({ page, signInParams: { strategy: 'password', identifier: email, password } })
  await expect.poll(lines(page, 'Your tasks')).toEqual([])
  await clerk.signOut({ page })
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
})

test('clerk.signIn by the e-mail code of a test address', async () => {
  const { page } = await visit()
  const email = newAccount('tess').email.replace('@', '+clerk_test@')
  await backend().users.createUser({ emailAddress: [email], skipPasswordRequirement: true })
  await page.goto('/')
  await clerk.signIn({ page, signInParams: { strategy: 'email_code', identifier: email } })
  await expect.poll(lines(page, 'Your tasks')).toEqual([])
})

test('clerk.signIn by a ticket of the Backend API', async () => {
  const { page } = await visit()
  const { id } = await makeAccount('ada')
  const { token } = await backend().signInTokens.createSignInToken({ userId: id, expiresInSeconds: 60 })
  await page.goto('/')
  await clerk.signIn({ page, signInParams: { strategy: 'ticket', ticket: token } })
  await expect.poll(lines(page, 'Your tasks')).toEqual([])
})
