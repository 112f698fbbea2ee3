import { describe, expect, it } from 'vitest'

import { parseSqlFile } from './migration-file.ts'

describe('how a file runs', () => {
  it.each([
    ['create table t (id int); create index i on t (id)', 'one'],
    ['create index concurrently i on t (id)', 'none'],
    ['create unique index concurrently i on t (id)', 'none'],
    ['drop index concurrently i', 'none'],
    ['vacuum analyze t', 'none'],
    ['alter system set work_mem = 1', 'none'],
    ['-- a title\n-- tenon: no transaction\ninsert into t values (1)', 'none'],
    ['/* title */\n--tenon: no transaction\n\ninsert into t values (1)', 'none'],
    ["insert into t values ('-- tenon: no transaction')", 'one'],
    ['insert into t values (1);\n-- tenon: no transaction\n', 'one'],
    ['begin; select 1; commit', 'own'],
    ['start transaction; select 1; end', 'own'],
    ['savepoint a; rollback to a; rollback to savepoint a', 'one'],
    ['do $$ begin perform 1; end $$', 'one'],
    ['', 'one'],
  ])('%j runs in transaction mode %s', (text, mode) => {
    expect(parseSqlFile('supabase/migrations/x.sql', text).transaction).toBe(mode)
  })

  it.each([
    ['select 1;\ncopy public.t (id) from stdin;\n', 2],
    ['COPY t FROM STDIN WITH (format csv)', 1],
    ["select 'open", 1],
  ])('%j is refused with its line', (text, line) => {
    expect(() => parseSqlFile('supabase/seed.sql', text)).toThrow(
      expect.objectContaining({
        code: 'migration.unreadable',
        detail: expect.objectContaining({ path: 'supabase/seed.sql', line }),
      }),
    )
  })
})
