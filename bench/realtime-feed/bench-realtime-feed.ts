// How fast changes come out of the log: the feed against the same stream that nobody decodes, in alternating rounds, and
// how long a change takes from its commit to a listener.

import { openDatabase } from '../../packages/server/src/database/pipeline/open-database.ts'
import { type OwnFeed, openFeed } from '../../packages/server/src/realtime/changes/feed/open-feed.ts'
import { type Conditions, conditions } from '../conditions/conditions.ts'
import { type BenchOptions, median } from '../rest-read/bench-rest-read.ts'
import { type BareStream, openBareStream } from './bare-stream.ts'
import { type ChangeLog, startChangeLog } from './change-log.ts'

export interface RealtimeFeedReport {
  readonly bench: 'realtime-feed'
  readonly conditions: Conditions & { readonly rounds: number; readonly seconds: number }
  /** Changes per second, medians over the rounds. */
  readonly figures: Readonly<Record<Load, { readonly bare: number; readonly feed: number }>>
  /** Medians of each round's own ratio, the feed to the bare stream. */
  readonly ratios: Readonly<Record<Load, number>>
  /** From the answer to a commit to the listener, one at a time. Milliseconds; negative where the listener was first. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly commits: number }
}

const LOADS = ['bulk', 'singles'] as const
type Load = (typeof LOADS)[number]
type Round = Readonly<Record<Load, { readonly bare: number; readonly feed: number }>>

const ROWS: Readonly<Record<Load, number>> = { bulk: 200_000, singles: 50_000 }

/** Measures; slow is a figure like any other. */
export async function benchRealtimeFeed(options: BenchOptions): Promise<RealtimeFeedReport> {
  const log = await startChangeLog()
  try {
    const bare = await openBareStream(log)
    const rounds = await runRounds(options, log, bare)
    const { rounds: count, seconds } = options
    const rate = (load: Load, who: 'bare' | 'feed'): number => median(rounds.map((round) => round[load][who]))
    return {
      bench: 'realtime-feed',
      conditions: { ...conditions(log.version), rounds: count, seconds },
      figures: eachLoad((load) => ({ bare: rate(load, 'bare'), feed: rate(load, 'feed') })),
      ratios: eachLoad((load) => median(rounds.map((round) => round[load].feed / round[load].bare))),
      latency: await measureLatency(log, seconds),
    }
  } finally {
    await log.stop()
  }
}

async function runRounds(
  { rounds, progress }: BenchOptions,
  log: ChangeLog,
  bare: BareStream,
): Promise<readonly Round[]> {
  const measured: Round[] = []
  await withFeed(log, async ({ feed }) => await feed.live())
  for (let round = 1; round <= rounds; round++) {
    const result = {
      bulk: await measure(log, bare, 'bulk', round),
      singles: await measure(log, bare, 'singles', round),
    }
    measured.push(result)
    progress(`round ${round} of ${rounds}: ${JSON.stringify(result)}`)
  }
  return measured
}

/** The one that comes second finds the log in the memory of Postgres, so they take turns. */
async function measure(log: ChangeLog, bare: BareStream, load: Load, round: number): Promise<Round[Load]> {
  const rows = ROWS[load]
  await (load === 'bulk' ? log.writeBulk(rows) : log.writeSingles(rows))
  if (round % 2 === 1) {
    const alone = await bare.drain()
    return { bare: rows / alone, feed: rows / (await drainFeed(log, rows)) }
  }
  const ours = await drainFeed(log, rows)
  return { bare: rows / (await bare.drain()), feed: rows / ours }
}

interface Fed {
  readonly feed: OwnFeed
  /** Seconds from the start of the stream to the listener's so-many-th change. */
  heard(changes: number): Promise<number>
  onChange: () => void
}

async function drainFeed(log: ChangeLog, rows: number): Promise<number> {
  return await withFeed(log, async (fed) => await fed.heard(rows))
}

async function withFeed<Result>(log: ChangeLog, use: (fed: Fed) => Promise<Result>): Promise<Result> {
  const database = openDatabase({ ...log.settings, size: 1 })
  let began = 0
  const feed = openFeed({
    connection: log.settings,
    database,
    role: log.settings.user,
    config: { slot: 'bench', publication: 'supabase_realtime', walKeepBytes: 1024 ** 4 },
    report: (event) => {
      if (event.kind === 'feed-state-changed' && event.state.kind === 'live') began = performance.now()
    },
  })
  const fed: Fed = {
    feed,
    async heard(changes) {
      const { promise, resolve } = Promise.withResolvers<number>()
      let count = 0
      feed.listen((chunk) => {
        count += chunk.changes.length
        if (count >= changes) resolve((performance.now() - began) / 1000)
      })
      return await promise
    },
    onChange: () => undefined,
  }
  feed.listen(() => fed.onChange())
  try {
    return await use(fed)
  } finally {
    await feed.close()
    await database.close()
  }
}

async function measureLatency(log: ChangeLog, seconds: number): Promise<RealtimeFeedReport['latency']> {
  return await withFeed(log, async (fed) => {
    await fed.feed.live()
    const latencies: number[] = []
    const end = performance.now() + seconds * 1000
    while (performance.now() < end) {
      const { promise: heard, resolve } = Promise.withResolvers<number>()
      fed.onChange = () => resolve(performance.now())
      await log.writeOne()
      const committed = performance.now()
      latencies.push((await heard) - committed)
    }
    const sorted = latencies.toSorted((one, other) => one - other)
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
    return { p50: at(0.5), p95: at(0.95), commits: sorted.length }
  })
}

function eachLoad<Figure>(figureOf: (load: Load) => Figure): Record<Load, Figure> {
  return { bulk: figureOf('bulk'), singles: figureOf('singles') }
}
