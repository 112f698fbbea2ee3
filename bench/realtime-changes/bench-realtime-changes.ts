// The bars of postgres_changes: what Row Level Security costs, beside the same deliveries by filters on a table without it,
// in alternating rounds; and whether a change costs more where ten times as many people listen.

import { Client } from 'pg'

import { conditions, type Conditions } from '../conditions/conditions.ts'
import { type BenchOptions, median, postgresVersion } from '../rest-read/bench-rest-read.ts'
import { makeProject, startWholeServer } from '../rest-read/whole-server.ts'
import { startAudience } from './audience-process.ts'
import { type Crowd, members, people, type TokenFor, tokensSignedWith } from './crowds.ts'
import { type Bench, type Run, writeAll, writePaced } from './run-crowd.ts'
import { SCHEMA } from './schema.ts'

export interface ChangesReport {
  readonly bench: 'realtime-changes'
  readonly conditions: Conditions & Omit<BenchOptions, 'progress' | 'connections'>
  readonly organisations: Pair
  readonly people: Pair
  /** The server's own processor time for a change, in milliseconds, by how many distinct people listen. */
  readonly processor: { readonly few: number; readonly many: number; readonly ratio: number }
  /** From the statement to the socket at half of what `people` took, in milliseconds. */
  readonly halfLoad: { readonly perSecond: number; readonly p50: number; readonly p95: number }
  /** Deliveries that never came, of all rounds. */
  readonly lost: number
  readonly bars: typeof BARS
}

/** Medians over the rounds. */
export interface Pair {
  /** Changes a second. */
  readonly secured: number
  readonly open: number
  /** Of each round's own rates. */
  readonly ratio: number
  /** The server's own processor time for a change, in milliseconds, which other work on the machine disturbs less. */
  readonly processor: { readonly secured: number; readonly open: number }
}

const BARS = {
  organisations: { atLeast: 0.7 },
  people: { atLeast: 0.7 },
  processor: { atMost: 1.5 },
} as const
const FEW = 500
const MANY = 5000
/** Each reaches a hundred sockets. */
const ORGANISATION_CHANGES = 1000
const PERSONAL_CHANGES = 10_000

/** Measures; slow is a figure like any other. Rejects where the server cannot run. */
export async function benchRealtimeChanges(options: BenchOptions): Promise<ChangesReport> {
  const project = await makeProject(options.pool)
  const server = await startWholeServer(project)
  const audience = startAudience()
  const database = new Client({ connectionString: project.databaseUrl })
  try {
    await database.connect()
    await database.query(SCHEMA)
    const { rows } = await database.query<{ secret: string }>(
      `select current_setting('app.settings.jwt_secret') as secret`,
    )
    const tokenFor = tokensSignedWith(rows[0]?.secret ?? '')
    const key = encodeURIComponent(tokenFor({ role: 'anon' }))
    const url = `ws://127.0.0.1:${project.apiPort}/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`
    const measured = await measure(options, { url, database, pid: server.pid, audience }, tokenFor)
    const { rounds, seconds, pool } = options
    const about = { ...conditions(await postgresVersion(project.databaseUrl)), rounds, seconds, pool }
    return { bench: 'realtime-changes', conditions: about, ...measured, bars: BARS }
  } finally {
    await database.end()
    await audience.stop()
    await server.stop()
    await project.remove()
  }
}

type Measured = Omit<ChangesReport, 'bench' | 'conditions' | 'bars'>

async function measure(options: BenchOptions, bench: Bench, tokenFor: TokenFor): Promise<Measured> {
  const all: Run[] = []
  const run = async (crowd: Crowd, changes: number): Promise<Run> => {
    const made = await runOnce(bench, crowd, changes)
    all.push(made)
    return made
  }
  const pair = async (name: string, crowdOf: typeof people, changes: number): Promise<Pair> => {
    // The first crowds of a process find code that nobody has run before.
    for (const isSecured of [false, true]) await run(crowdOf(FEW, isSecured, tokenFor), changes)
    const made: { readonly secured: Run; readonly open: Run }[] = []
    for (let round = 1; round <= options.rounds; round += 1) {
      const runs = new Map<boolean, Run>()
      for (const isSecured of round % 2 === 0 ? [true, false] : [false, true]) {
        runs.set(isSecured, await run(crowdOf(FEW, isSecured, tokenFor), changes))
      }
      made.push({ secured: runs.get(true) ?? NO_RUN, open: runs.get(false) ?? NO_RUN })
      options.progress(`${name}, round ${round} of ${options.rounds}: ${sayRates(made.at(-1))}`)
    }
    return pairOf(made)
  }
  const organisations = await pair('500 in 5 organisations', members, ORGANISATION_CHANGES)
  const personal = await pair('500 people', people, PERSONAL_CHANGES)
  const few: number[] = []
  const many: number[] = []
  for (let round = 1; round <= options.rounds; round += 1) {
    few.push((await run(people(FEW, true, tokenFor), PERSONAL_CHANGES)).processorEach)
    many.push((await run(people(MANY, true, tokenFor), PERSONAL_CHANGES)).processorEach)
    options.progress(`${FEW} and ${MANY} people: ${few.at(-1)?.toFixed(3)} and ${many.at(-1)?.toFixed(3)} ms a change`)
  }
  const processor = {
    few: median(few),
    many: median(many),
    ratio: median(many.map((one, at) => one / (few[at] ?? one))),
  }
  const perSecond = Math.round(personal.secured / 2)
  const crowd = people(FEW, true, tokenFor)
  await bench.audience.gather(bench.url, crowd.subscribers)
  const halfLoad = { perSecond, ...(await writePaced(bench, crowd, perSecond, options.seconds)) }
  await bench.audience.leave()
  return { organisations, people: personal, processor, halfLoad, lost: all.reduce((sum, { lost }) => sum + lost, 0) }
}

const NO_RUN: Run = { changesPerSecond: Number.NaN, processorEach: Number.NaN, lost: 0 }

function sayRates(
  { secured, open }: { readonly secured: Run; readonly open: Run } = { secured: NO_RUN, open: NO_RUN },
): string {
  return `${Math.round(secured.changesPerSecond)}/s, without RLS ${Math.round(open.changesPerSecond)}/s`
}

function pairOf(rounds: readonly { readonly secured: Run; readonly open: Run }[]): Pair {
  return {
    secured: median(rounds.map(({ secured }) => secured.changesPerSecond)),
    open: median(rounds.map(({ open }) => open.changesPerSecond)),
    ratio: median(rounds.map(({ secured, open }) => secured.changesPerSecond / open.changesPerSecond)),
    processor: {
      secured: median(rounds.map(({ secured }) => secured.processorEach)),
      open: median(rounds.map(({ open }) => open.processorEach)),
    },
  }
}

async function runOnce(bench: Bench, crowd: Crowd, changes: number): Promise<Run> {
  await bench.audience.gather(bench.url, crowd.subscribers)
  try {
    // What is made once for a table and warms up with it is none of the change's.
    await writeAll(bench, crowd, 1000)
    return await writeAll(bench, crowd, changes)
  } finally {
    await bench.audience.leave()
  }
}
