import { createTestDatabase } from '@tenon/testing'
import { expect, test } from 'vitest'

import { openDatabase } from '../database/pipeline/open-database.ts'
import { announcesChanges } from './read-catalog.ts'

test('a database announces its changes as long as both event triggers are on', async () => {
  await using made = await createTestDatabase()
  const database = openDatabase({ url: made.url('authenticator'), size: 1 })
  const asked = (): Promise<boolean> => announcesChanges((work) => database.run(work), 'authenticator')
  expect(await asked()).toBe(true)
  await made.query('alter event trigger pgrst_drop_watch disable', 'supabase_admin')
  expect(await asked()).toBe(false)
  await database.close()
})
