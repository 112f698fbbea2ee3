import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openTestFeed } from './open-test-feed.test-support.ts'

let made: TestDatabase

beforeEach(async () => {
  made = await createTestDatabase()
  await made.query(`
    create table tasks (id int primary key, title text, note text);
    alter publication supabase_realtime add table tasks`)
})

afterEach(async () => {
  await made.drop()
})

test('a change is heard once it is committed, with what the replica identity carries of the old row', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query(`
    begin; insert into tasks values (1, 'a', null), (2, 'b', null); update tasks set title = 'c' where id = 1; commit;
    update tasks set id = 3 where id = 1; delete from tasks where id = 2`)
  await opened.until(() => opened.lines().length === 5)
  expect(opened.lines()).toEqual(['INSERT 1 a ', 'INSERT 2 b ', 'UPDATE 1 c ', 'UPDATE 3 c ', 'DELETE 2  '])
  expect(opened.chunks.flatMap(({ changes }) => changes).map(({ oldRecord, index }) => [oldRecord, index])).toEqual([
    [null, 0],
    [null, 1],
    [null, 2],
    [['1', undefined, undefined], 0],
    [['2', undefined, undefined], 1],
  ])
  expect(opened.feed.state()).toEqual({ kind: 'live', by: 'own-slot' })
})
