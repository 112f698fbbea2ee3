import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../../database/pipeline/open-database.ts'
import { keepMessages } from './keep-messages.ts'
import { openUpkeep, type UpkeepEvent } from './open-upkeep.ts'

let made: TestDatabase
let database: OpenDatabase

beforeEach(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 4 })
})
afterEach(async () => {
  await database.close()
  await made.drop()
})

const DAY = 86_400_000
const noon = Date.UTC(2026, 0, 15, 12)

async function partitions(): Promise<unknown[]> {
  const rows = await made.query(`select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'realtime.messages'::regclass order by 1`)
  return rows.map(({ name }) => String(name).replace('realtime.messages_', ''))
}

describe('keeping messages', () => {
  it("makes today's partition and those of the next days, once", async () => {
    expect(await keepMessages(database, noon, 3)).toEqual({ made: 3, dropped: 0 })
    expect(await partitions()).toEqual(['2026_01_15', '2026_01_16', '2026_01_17', 'default'])
    expect(await keepMessages(database, noon, 3)).toEqual({ made: 0, dropped: 0 })
  })

  it('drops what is older than the days it keeps, also after a long sleep', async () => {
    await keepMessages(database, noon, 3)
    expect(await keepMessages(database, noon + 3 * DAY, 3)).toEqual({ made: 3, dropped: 0 })
    expect(await keepMessages(database, noon + 4 * DAY, 3)).toEqual({ made: 1, dropped: 1 })
    expect(await keepMessages(database, noon + 40 * DAY, 3)).toMatchObject({ made: 3, dropped: 6 })
    expect(await partitions()).toEqual(['2026_02_24', '2026_02_25', '2026_02_26', 'default'])
  })

  it('changes day at midnight of UTC', async () => {
    await keepMessages(database, Date.UTC(2026, 0, 15, 23, 59, 59, 999), 3)
    expect(await keepMessages(database, Date.UTC(2026, 0, 16), 3)).toEqual({ made: 1, dropped: 0 })
  })

  it('leaves a day to the default partition that holds rows of it, and clears them when they are old', async () => {
    await made.query(`insert into realtime.messages (topic, extension, inserted_at)
      values ('room', 'broadcast', '2026-01-15 10:00'), ('room', 'broadcast', '2026-01-01 10:00')`)
    expect(await keepMessages(database, noon, 3)).toEqual({ made: 2, dropped: 0 })
    const kept = 'select inserted_at::date::text as day from realtime.messages'
    expect(await made.query(kept)).toEqual([{ day: '2026-01-15' }])
    await keepMessages(database, noon + 4 * DAY, 3)
    expect(await made.query(kept)).toEqual([])
  })

  it('is done by one process at a time', async () => {
    const done = await Promise.all([1, 2, 3, 4].map(async () => await keepMessages(database, noon, 3)))
    expect(done.reduce((sum, { made: count }) => sum + count, 0)).toBe(3)
  })

  it('sends a message of a day that has no partition, and one of a day that has', async () => {
    await made.query(`select realtime.send('{}', 'e', 'room')`)
    await keepMessages(database, Date.now() + DAY, 3)
    await made.query(`select realtime.send('{}', 'e', 'room')`)
    expect(await made.query('select from realtime.messages')).toHaveLength(2)
  })
})

describe('upkeep', () => {
  it('begins at once', async () => {
    const events: UpkeepEvent[] = []
    const upkeep = openUpkeep({ database, days: 3, now: () => noon, report: (event) => events.push(event) })
    await upkeep.close()
    expect(events).toEqual([{ kind: 'messages-kept', made: 3, dropped: 0 }])
  })

  it('says why it cannot', async () => {
    await made.query('drop function tenon.keep_messages(date, int)', 'supabase_admin')
    const events: UpkeepEvent[] = []
    const upkeep = openUpkeep({ database, days: 3, now: () => noon, report: (event) => events.push(event) })
    await upkeep.close()
    expect(events).toMatchObject([{ kind: 'messages-not-kept', error: { code: 'postgres.error' } }])
  })
})
