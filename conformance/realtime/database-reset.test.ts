import { Client } from 'pg'
import { expect, test } from 'vitest'

import { startStack, tenon } from '../running-stack.ts'
import { enterRoom } from './rooms/enter-room.ts'
import { tokenOf } from './token-of.ts'

test('channels go on after the database was emptied and filled again', async () => {
  await using stack = await startStack({
    files: {
      'supabase/migrations/20260401000000_rooms.sql': `
        create policy "everybody hears" on realtime.messages for select to authenticated using (true);`,
    },
  })
  const token = await tokenOf(stack, { sub: 'user_ann' })
  await using before = await enterRoom(stack, { topic: 'room', token })
  const say = async (event: string): Promise<void> => {
    const sql = new Client({ connectionString: stack.line('DB_URL') })
    await sql.connect()
    await sql.query(`select realtime.send('{}', $1, 'room')`, [event])
    await sql.end()
  }
  await say('before')
  await expect.poll(() => before.heard.map(({ event }) => event)).toEqual(['before'])
  await tenon(stack.folder, 'db', 'reset')
  await using after = await enterRoom(stack, { topic: 'room', token })
  expect(after.admitted.status).toBe('SUBSCRIBED')
  await say('after')
  for (const guest of [before, after]) {
    await expect.poll(() => guest.heard.map(({ event }) => event).at(-1), { timeout: 10_000 }).toBe('after')
  }
})
