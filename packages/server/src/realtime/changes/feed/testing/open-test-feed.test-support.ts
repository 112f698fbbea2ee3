// A feed over a test database, with what it said.

import type { TestDatabase } from '@tenon/testing'

import { type CuttableProxy, startCuttableProxy } from '../../../../database/pipeline/cuttable-proxy.test-support.ts'
import { openDatabase } from '../../../../database/pipeline/open-database.ts'
import type { ChangeChunk, FeedState } from '../../change.ts'
import type { FeedEvent } from '../feed-event.ts'
import { type OwnFeed, openFeed } from '../open-feed.ts'

export interface TestFeed extends AsyncDisposable {
  readonly feed: OwnFeed
  readonly chunks: readonly ChangeChunk[]
  readonly events: readonly FeedEvent[]
  readonly losses: readonly string[]
  /** What was heard, as `INSERT 1 a`. */
  lines(): readonly string[]
  /** Resolves once the condition holds; it is looked at with each chunk and each event. */
  until(holds: () => boolean): Promise<void>
  state(kind: FeedState['kind']): Promise<void>
  close(): Promise<void>
}

export interface TestFeedOptions {
  readonly port?: number
  /** Signs in for replication in the place of `postgres`. */
  readonly login?: { readonly user: string; readonly password: string }
  readonly walKeepBytes?: number
  readonly hear?: (chunk: ChangeChunk) => Promise<void> | void
}

export function openTestFeed(
  made: Pick<TestDatabase, 'settings'>,
  { port, login: replicating, walKeepBytes = 1024 ** 3, hear }: TestFeedOptions = {},
): TestFeed {
  const chunks: ChangeChunk[] = []
  const events: FeedEvent[] = []
  const losses: string[] = []
  const looks = new Set<() => void>()
  const look = (): void => {
    for (const each of looks) each()
  }
  const login = made.settings('authenticator')
  const database = openDatabase({ ...login, size: 2 })
  const feed = openFeed({
    connection: {
      ...made.settings(),
      ...replicating,
      ...(port === undefined ? {} : { port, host: '127.0.0.1' }),
    },
    database,
    role: login.user,
    config: { slot: 'tenon_test', publication: 'supabase_realtime', walKeepBytes },
    report: (event) => {
      events.push(event)
      look()
    },
  })
  feed.listen(async (chunk) => {
    await hear?.(chunk)
    chunks.push(chunk)
    look()
  })
  feed.onLoss((reason) => losses.push(reason))
  const until = async (holds: () => boolean): Promise<void> => {
    if (holds()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const each = (): void => {
      if (holds()) resolve()
    }
    looks.add(each)
    await promise
    looks.delete(each)
  }
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => await (closing ??= feed.close().then(() => database.close()))
  return {
    feed,
    chunks,
    events,
    losses,
    lines: () =>
      chunks
        .flatMap(({ changes }) => changes)
        .map(({ kind, record, oldRecord }) => [kind, ...(record ?? oldRecord ?? [])].join(' ')),
    until,
    state: async (kind) => await until(() => feed.state().kind === kind),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A network between the feed and Postgres that a test can cut. */
export async function proxyTo(made: Pick<TestDatabase, 'settings'>): Promise<CuttableProxy> {
  const { host, port } = made.settings()
  return await startCuttableProxy(port, host.startsWith('/') ? '127.0.0.1' : host)
}
