import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'

import { judgeFailure } from './judge-failure.ts'

function failure(code: string, message: string): DatabaseError {
  return Object.assign(new DatabaseError(message, message.length, 'error'), { code })
}

test.each([
  ['a connection that breaks passes', new Error('Connection terminated unexpectedly'), { kind: 'passing' }],
  ['Postgres that shuts down passes', failure('57P01', 'terminating connection'), { kind: 'passing' }],
  ['a slot in use is waited for', failure('55006', 'replication slot "s" is active for PID 1'), { kind: 'in-use' }],
  [
    'a role that may not replicate is told how it may',
    failure('42501', 'permission denied to start WAL sender'),
    { kind: 'unavailable', grant: 'alter role "my app" replication;' },
  ],
  [
    'slots that are used up are named',
    failure('53400', 'all replication slots are in use'),
    { kind: 'unavailable', grant: expect.stringContaining('max_replication_slots') },
  ],
  [
    'walsenders that are used up are named',
    failure('53300', 'number of requested standby connections exceeds "max_wal_senders" (currently 10)'),
    { kind: 'unavailable', grant: expect.stringContaining('max_wal_senders') },
  ],
  ['ordinary connections that are used up pass', failure('53300', 'sorry, too many clients'), { kind: 'passing' }],
  [
    'a pg_hba.conf that does not let us in is no passing thing',
    failure('28000', 'no pg_hba.conf entry for replication connection'),
    { kind: 'unavailable', grant: null },
  ],
  ['a wrong password is none either', failure('28P01', 'password authentication failed'), { kind: 'unavailable' }],
  [
    'a slot that was invalidated is of no use',
    failure('55000', 'can no longer access replication slot "s"'),
    { kind: 'defect' },
  ],
  [
    'a publication that was not there when the change was made makes the slot useless',
    failure('42704', 'publication "supabase_realtime" does not exist'),
    { kind: 'defect' },
  ],
  [
    'a slot that was dropped meanwhile is looked for anew',
    failure('42704', 'replication slot "s" does not exist'),
    { kind: 'passing' },
  ],
  ['anything that is thrown has a reason', 'odd', { kind: 'passing', reason: 'odd' }],
])('%s', (_what, error, judged) => {
  expect(judgeFailure(error, 'my app')).toMatchObject(judged)
})
