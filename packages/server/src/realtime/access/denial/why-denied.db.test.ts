import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../../database/pipeline/open-database.ts'
import { createWhyDenied } from './why-denied.ts'

let made: TestDatabase
let database: OpenDatabase

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 2 })
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

const eve = { role: 'authenticated', subject: 'eve' }
const why = async (asking: { role: string; subject: string | null }): Promise<string> =>
  await createWhyDenied({ database, now: () => 0 })(asking)

it('asks whoever shows no session token to show one', async () => {
  expect(await why({ role: 'anon', subject: null })).toBe(
    'You joined as anon, without a session token: await supabase.realtime.setAuth() before subscribing',
  )
})

it('asks for a policy where none lets the role read, and names those that do not hold where there are some', async () => {
  const make = 'Make a policy on realtime.messages for select to authenticated that holds for realtime.topic()'
  expect(await why(eve)).toBe(make)
  await made.query(`
    create policy "others write" on realtime.messages for insert to authenticated with check (true);
    create policy "anon reads" on realtime.messages for select to anon using (false);
    create policy "never alone" on realtime.messages as restrictive for select to public using (true)`)
  expect(await why(eve)).toBe(make)
  await made.query(`create policy "own rooms" on realtime.messages to authenticated using (false)`)
  expect(await why(eve)).toBe(
    'The policies on realtime.messages for select to authenticated do not hold for this topic: "never alone", "own rooms"',
  )
})
