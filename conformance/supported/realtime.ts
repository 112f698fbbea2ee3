// What Realtime does, feature by feature.

import type { Area } from './render-supported.ts'

const official = (name: string): string => `conformance/realtime/${name}.test.ts`
const inside = (path: string): string => `packages/server/src/realtime/${path}`
const CHANGES = official('postgres-changes')

export const REALTIME: readonly Area[] = [
  {
    title: 'Realtime (`/realtime/v1`): sockets and channels',
    features: [
      {
        name: 'realtime-js of today (serializer 2.0.0, binary) and older ones (1.0.0): `subscribe`, `unsubscribe`, `removeChannel`, heartbeats, reconnecting',
        state: 'works',
        note: 'tried with 2.119, 2.80 and 2.11; the last drops its channels itself when it reconnects',
        proof: official('connection'),
      },
      {
        name: 'API key and origin judged before the upgrade',
        state: 'works',
        note: 'header or query, keys of both generations',
        proof: inside('sockets/accept-sockets.test.ts'),
      },
      {
        name: 'Tokens: `accessToken`, `setAuth`, renewal, expiry with a grace',
        state: 'works',
        note: '`[realtime] token_grace`',
        proof: official('tokens'),
      },
      {
        name: 'Limits on sockets, channels, joins, messages and sizes, in upstream’s words',
        state: 'works',
        note: 'averages over a minute',
        proof: official('limits'),
      },
      {
        name: 'Channels that must be private (`[realtime] private_only`)',
        state: 'works',
        proof: inside('channels/conversation.test.ts'),
      },
      {
        name: 'Frames that cannot be read: refused, and the connection stays',
        state: 'works',
        proof: official('connection'),
      },
      {
        name: 'Clients that read too slowly: told and closed, memory bounded',
        state: 'works',
        proof: inside('sockets/outbox/outbox.test.ts'),
      },
      { name: 'Joins of clients before realtime-js 2, without `config`', state: 'no' },
    ],
  },
  {
    title: 'Realtime: broadcast and presence',
    features: [
      {
        name: 'Broadcast: `self`, `ack`, binary, `httpSend`, `/api/broadcast`',
        state: 'works',
        proof: official('broadcast'),
      },
      {
        name: 'Broadcast from the database: `realtime.send`, `send_binary`, `broadcast_changes`',
        state: 'works',
        note: 'in commit order; bytes reach serializer 2.0.0 only; needs replication',
        proof: official('broadcast-from-database'),
      },
      {
        name: 'Replay (`broadcast.replay`), `replication_ready`',
        state: 'works',
        note: 'at most 25 messages of a private channel; policies hold for each',
        proof: inside('messages/replay/read-replay.db.test.ts'),
      },
      { name: '`persist` of `send` and `httpSend`', state: 'no', note: 'sent, and not kept' },
      {
        name: 'Retention of `realtime.messages`',
        state: 'works',
        note: 'by the day, 3 by default',
        proof: inside('messages/retention/keep-messages.db.test.ts'),
      },
      {
        name: 'Presence: state, differences, keys, changed payloads, clients that know no switch for it',
        state: 'works',
        proof: official('presence'),
      },
      {
        name: 'Presence across processes, after a cut and a kill',
        state: 'works',
        proof: official('presence-processes'),
      },
      {
        name: 'Private channels by policies on `realtime.messages` with `realtime.topic()`',
        state: 'works',
        note: 'reading, writing and presence apart; restrictive policies; headers',
        proof: official('private-channels'),
      },
      {
        name: 'Upstream’s `realtime.subscription`, `realtime.list_changes`',
        state: 'no',
        note: 'no client asks for them',
      },
    ],
  },
  {
    title: 'Realtime: Postgres changes',
    features: [
      {
        name: 'INSERT, UPDATE, DELETE and `*` of a table or schema; `select` columns; columns of the role alone',
        state: 'works',
        proof: CHANGES,
      },
      {
        name: 'Partitioned tables',
        state: 'works',
        note: 'by partition; by the table’s own name with `publish_via_partition_root`',
        proof: CHANGES,
      },
      { name: 'Generated columns', state: 'partly', note: 'named in `columns`, no value in `record`', proof: CHANGES },
      {
        name: 'Filters: every operator, `not.`, several at once',
        state: 'works',
        note: 'at most 16,384 characters, checked by Postgres; one that takes too long ends its channel and says so',
        proof: inside('changes/deliver/filter/filter-keeper.db.test.ts'),
      },
      { name: 'Old records by replica identity, TOAST, errors 400, 401 and 413', state: 'works', proof: CHANGES },
      { name: 'SUBSCRIBED means that the subscription is live', state: 'works', proof: CHANGES },
      {
        name: 'Why nothing is heard of a table: not published, no policy, no grant; and when that is over',
        state: 'works',
        note: 'a `system` event, for tables that are named',
        proof: 'conformance/realtime/changes/unheard-tables.test.ts',
      },
      {
        name: '`since`: what was missed, after a reconnect',
        state: 'works',
        note: 'ours; by `commit_timestamp` or LSN, from a bounded buffer; the named millisecond comes again',
        proof: CHANGES,
      },
      {
        name: 'Row Level Security: one judgement for all whom no policy can tell apart; equal to `select`',
        state: 'works',
        note: 'a policy that fails under somebody’s claims shows her nothing, and the log names it',
        proof: inside('changes/judge/equivalence/judge-equals-select.db.test.ts'),
      },
      {
        name: 'Deletes under Row Level Security',
        state: 'works',
        note: 'judged where the replica identity carries what the policies read; else `[realtime] deletes`, and Studio names the cure',
        proof: inside('changes/judge/create-judge.db.test.ts'),
      },
      {
        name: 'Policies over domains, system columns or schemas closed to the role',
        state: 'partly',
        note: 'judged on the current row; their deletes cannot be judged',
        proof: inside('changes/judge/create-judge.db.test.ts'),
      },
      {
        name: 'Commit order, nothing lost over breaks, restarts and crashes',
        state: 'works',
        note: 'one durable slot, made at the first use',
        proof: inside('changes/feed/stream/every-change-once.db.test.ts'),
      },
      {
        name: '`deletes = "strict"`; a database that gives no replication',
        state: 'works',
        proof: official('changes-refused'),
      },
      {
        name: 'A lost slot, a missing right, `wal_level`, WAL held back: bounded and said',
        state: 'works',
        proof: inside('changes/feed/slot/own-cluster.db.test.ts'),
      },
      {
        name: 'Values as `to_jsonb` prints them',
        state: 'partly',
        note: 'times always in UTC',
        proof: inside('changes/decode/cells/cell-json.db.test.ts'),
      },
    ],
  },
  {
    title: 'Realtime: many processes',
    features: [
      {
        name: 'Broadcast, presence, private channels and changes across processes through NATS',
        state: 'works',
        note: '`[realtime] nats_url`',
        proof: official('processes'),
      },
      {
        name: 'One process reads the slot, another takes over, nothing lost',
        state: 'works',
        proof: 'drills/realtime/many-processes.test.ts',
      },
      {
        name: 'A process or Postgres killed under writes, tokens that end under load: nothing lost, nothing leaked',
        state: 'works',
        proof: 'drills/realtime/one-process.test.ts',
      },
      {
        name: 'The built-in Clerk instance beside several processes',
        state: 'partly',
        note: 'on one of them',
        proof: official('processes'),
      },
    ],
  },
]
