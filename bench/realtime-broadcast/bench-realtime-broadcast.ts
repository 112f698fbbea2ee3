// The bars of broadcast: how many deliveries a second one publisher's room gets, against `ws` that frames once and writes
// to each socket, in alternating rounds over the same load; what an idle socket costs; and how many one process holds.

import { conditions, type Conditions } from '../conditions/conditions.ts'
import { type BenchOptions, median, postgresVersion } from '../rest-read/bench-rest-read.ts'
import type { Heard } from './audience.ts'
import { type Audience, startAudience } from './audience-process.ts'
import { CONTESTANTS, type Contestant, openContestants, type Opened } from './contestants.ts'
import { type LiveServer, startLiveServer } from './live-server.ts'

export interface BroadcastReport {
  readonly bench: 'realtime-broadcast'
  readonly conditions: Conditions & Omit<BenchOptions, 'progress' | 'connections'> & { readonly window: number }
  readonly fanOut: readonly FanOut[]
  readonly memory: SocketMemory
  readonly most: { readonly asked: number; readonly joined: number; readonly heard: number }
  /** What the figures are held against. */
  readonly bars: typeof BARS
}

/** Medians over the rounds. */
export interface FanOut {
  readonly subscribers: number
  readonly perSecond: Readonly<Record<Contestant, number>>
  /** The same with one message under way, where no two frames can share a write. */
  readonly oneByOne: Readonly<Record<OneByOne, number>>
  /** Medians of each round's own ratios. */
  readonly ratios: { readonly toBare: number; readonly toCorked: number; readonly oneByOne: number }
  /** At half of what the server delivered. Milliseconds. */
  readonly halfLoad: { readonly perSecond: number; readonly p50: number; readonly p95: number }
}

/** Writing once a turn is writing once a frame here. */
const ONE_BY_ONE = ['live', 'bare'] as const
type OneByOne = (typeof ONE_BY_ONE)[number]

/** Bytes for each idle joined socket, after a collection. */
export interface SocketMemory {
  readonly sockets: number
  readonly rss: number
  readonly heap: number
}

const BARS = { toBare: { atLeast: 0.6 }, bytesPerSocket: { atMost: 20_000 }, sockets: { atLeast: 10_000 } } as const
const AUDIENCES = [1000, 5000] as const
const IDLE = 5000
/** Messages of the publisher that may be under way. */
const WINDOW = 20
const WARM_UP_SECONDS = 2

/** Measures; slow is a figure like any other. Rejects where a contestant cannot run. */
export async function benchRealtimeBroadcast(options: BenchOptions): Promise<BroadcastReport> {
  const server = await startLiveServer(options.pool)
  try {
    const memory = await measureMemory(server)
    options.progress(`${memory.sockets} idle sockets: ${Math.round(memory.rss)} bytes of RSS each`)
    const most = await measureMost(server)
    options.progress(`${most.joined} of ${most.asked} joined`)
    const fanOut: FanOut[] = []
    for (const subscribers of AUDIENCES) fanOut.push(await measureFanOut(options, server, subscribers))
    const { rounds, seconds, pool } = options
    const measured = conditions(await postgresVersion(server.databaseUrl))
    return {
      bench: 'realtime-broadcast',
      conditions: { ...measured, rounds, seconds, pool, window: WINDOW },
      fanOut,
      memory,
      most,
      bars: BARS,
    }
  } finally {
    await server.stop()
  }
}

async function withAudience<Answer>(use: (audience: Audience) => Promise<Answer>): Promise<Answer> {
  const audience = startAudience()
  try {
    return await use(audience)
  } finally {
    await audience.stop()
  }
}

async function measureMemory(server: LiveServer): Promise<SocketMemory> {
  // What the first sockets bring once and for all is not theirs.
  await withAudience(async (audience) => await audience.gather(server.url, 100))
  const before = await server.memory()
  return await withAudience(async (audience) => {
    const sockets = await audience.gather(server.url, IDLE - 1)
    const after = await server.memory()
    return {
      sockets,
      rss: (after.rss - before.rss) / sockets,
      heap: (after.heapUsed + after.external - before.heapUsed - before.external) / sockets,
    }
  })
}

/** All of them in one room, and each hears one message. */
async function measureMost(server: LiveServer): Promise<BroadcastReport['most']> {
  const asked = BARS.sockets.atLeast
  return await withAudience(async (audience) => {
    const joined = await audience.gather(server.url, asked - 1)
    const { deliveries } = await audience.pace(1, 1)
    return { asked, joined, heard: deliveries }
  })
}

interface Round {
  readonly flood: Readonly<Record<Contestant, number>>
  readonly oneByOne: Readonly<Record<OneByOne, number>>
}

async function measureFanOut(
  { rounds, seconds, progress }: BenchOptions,
  server: LiveServer,
  subscribers: number,
): Promise<FanOut> {
  const opened = await openContestants(server.url, subscribers)
  try {
    for (const name of CONTESTANTS) await opened[name].audience.flood(WARM_UP_SECONDS, WINDOW)
    const measured: Round[] = []
    for (let round = 1; round <= rounds; round++) {
      measured.push(await runRound(opened, seconds, round))
      const { toBare, toCorked, oneByOne } = ratiosOf(measured.slice(-1))
      const ratios = [toBare, toCorked, oneByOne].map((ratio) => ratio.toFixed(2)).join(', ')
      progress(`${subscribers} subscribers, round ${round} of ${rounds}: ${ratios}`)
    }
    const live = median(measured.map(({ flood }) => flood.live))
    const messages = Math.max(1, Math.round(live / 2 / subscribers))
    const { p50, p95, ...paced } = await opened.live.audience.pace(seconds, messages)
    return {
      subscribers,
      perSecond: {
        live,
        bare: median(measured.map(({ flood }) => flood.bare)),
        corked: median(measured.map(({ flood }) => flood.corked)),
      },
      oneByOne: {
        live: median(measured.map((round) => round.oneByOne.live)),
        bare: median(measured.map((round) => round.oneByOne.bare)),
      },
      ratios: ratiosOf(measured),
      halfLoad: { perSecond: rateOf(paced), p50, p95 },
    }
  } finally {
    for (const name of CONTESTANTS) await opened[name].stop()
  }
}

/** The contestants one after the other, every other round the other way round. */
async function runRound(opened: Opened, seconds: number, round: number): Promise<Round> {
  const rates = async <Name extends Contestant>(
    names: readonly Name[],
    window: number,
  ): Promise<Record<Name, number>> => {
    const measured = new Map<Name, number>()
    for (const name of round % 2 === 0 ? names.toReversed() : names) {
      measured.set(name, rateOf(await opened[name].audience.flood(seconds, window)))
    }
    return Object.fromEntries(measured) as Record<Name, number>
  }
  return { flood: await rates(CONTESTANTS, WINDOW), oneByOne: await rates(ONE_BY_ONE, 1) }
}

function ratiosOf(rounds: readonly Round[]): FanOut['ratios'] {
  return {
    toBare: median(rounds.map(({ flood }) => flood.live / flood.bare)),
    toCorked: median(rounds.map(({ flood }) => flood.live / flood.corked)),
    oneByOne: median(rounds.map(({ oneByOne }) => oneByOne.live / oneByOne.bare)),
  }
}

function rateOf({ deliveries, seconds }: Pick<Heard, 'deliveries' | 'seconds'>): number {
  return deliveries / seconds
}
