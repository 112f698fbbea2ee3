// The bar of the REST door: how close the whole server comes to bare handlers and to Postgres itself, measured in
// alternating rounds on one machine, so that what else the machine does falls on all alike.

import { Client } from 'pg'
import { conditions } from '../conditions/conditions.ts'
import type { Conditions } from '../conditions/conditions.ts'
import { loadHttp } from '../load/http-load.ts'
import type { LoadFigures, LoadTarget } from '../load/http-load.ts'
import { startContestant } from './contestant.ts'
import { hasPgbench, runPgbench } from './run-pgbench.ts'
import { makeProject, startWholeServer } from './whole-server.ts'
import type { Project, WholeServer } from './whole-server.ts'
import { REST_PATH } from './workload.ts'

export interface BenchOptions {
  readonly rounds: number
  /** Of each contestant in each round. */
  readonly seconds: number
  readonly connections: number
  /** Connections to Postgres of each contestant. */
  readonly pool: number
  readonly progress: (line: string) => void
}

export interface RestReadReport {
  readonly bench: 'rest-read'
  readonly conditions: Conditions & Omit<BenchOptions, 'progress'>
  /** Medians over the rounds. */
  readonly figures: {
    /** Transactions per second; null without pgbench. */
    readonly pgbench: number | null
    readonly barePipelined: LoadFigures
    readonly bareAwaited: LoadFigures
    readonly wholeServer: LoadFigures
    /** MiB of the server and its Postgres, idle before the load; null where the system does not tell. */
    readonly idleMemory: number | null
    /** From the process' start to its first answer, milliseconds: on an empty folder, and again. */
    readonly firstStart: number
    readonly laterStart: number
  }
  /** Medians of each round's own ratios. */
  readonly ratios: {
    readonly wholeToPipelined: number
    readonly wholeToAwaited: number
    readonly pipelinedToPgbench: number | null
    /** p99/p50 of the whole server over that of the pipelined one. */
    readonly tail: number
  }
  /** What the ratios and figures are held against. */
  readonly bars: typeof BARS
}

const BARS = {
  wholeToPipelined: { atLeast: 0.75 },
  wholeToAwaited: { atLeast: 1.8 },
  tail: { atMost: 1.5 },
  idleMemory: { atMost: 200 },
  firstStart: { atMost: 5_000 },
  laterStart: { atMost: 2_000 },
} as const

const WARM_UP_SECONDS = 8
const SETTLE = 3_000

/** Measures; slow is a figure like any other. Rejects where a contestant cannot run or answers something else. */
export async function benchRestRead(options: BenchOptions): Promise<RestReadReport> {
  const project = await makeProject(options.pool)
  try {
    options.progress('starting the whole server on an empty folder')
    const first = await startWholeServer(project)
    await first.stop()
    const later = await startWholeServer(project)
    try {
      return await measure(options, project, first.startedIn, later)
    } finally {
      await later.stop()
    }
  } finally {
    await project.remove()
  }
}

async function measure(
  options: BenchOptions,
  project: Project,
  firstStart: number,
  whole: WholeServer,
): Promise<RestReadReport> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE))
  const idleMemory = whole.memory()
  const { databaseUrl } = project
  const pipelined = await startContestant('./bare-pipelined.ts', { databaseUrl, pool: options.pool })
  const awaited = await startContestant('./bare-awaited.ts', { databaseUrl, pool: options.pool })
  try {
    const target = (port: number): LoadTarget => ({ port, path: REST_PATH, headers: project.headers, body: whole.body })
    const targets = {
      barePipelined: target(pipelined.port),
      bareAwaited: target(awaited.port),
      wholeServer: target(project.apiPort),
    }
    const rounds = await runRounds(options, databaseUrl, targets)
    return {
      bench: 'rest-read',
      conditions: { ...conditions(await postgresVersion(databaseUrl)), ...withoutProgress(options) },
      figures: { ...mediansOf(rounds), idleMemory, firstStart, laterStart: whole.startedIn },
      ratios: ratiosOf(rounds),
      bars: BARS,
    }
  } finally {
    await Promise.all([pipelined.stop(), awaited.stop()])
  }
}

type Targets = Readonly<Record<'barePipelined' | 'bareAwaited' | 'wholeServer', LoadTarget>>

/** What one round found, contestants one after the other. */
interface Round extends Readonly<Record<keyof Targets, LoadFigures>> {
  readonly pgbench: number | null
}

/** Every contestant once a round, each round in another order. */
async function runRounds(options: BenchOptions, databaseUrl: string, targets: Targets): Promise<readonly Round[]> {
  const { rounds, seconds, connections, pool, progress } = options
  const names = Object.keys(targets) as (keyof Targets)[]
  const withPgbench = await hasPgbench()
  for (const name of names) await loadHttp(targets[name], connections, WARM_UP_SECONDS)
  const measured: Round[] = []
  for (let round = 1; round <= rounds; round++) {
    const pgbench = withPgbench ? await runPgbench(databaseUrl, pool, seconds) : null
    const figures = new Map<keyof Targets, LoadFigures>()
    for (const name of round % 2 === 0 ? names.toReversed() : names) {
      figures.set(name, await loadHttp(targets[name], connections, seconds))
    }
    const all = Object.fromEntries(figures) as Record<keyof Targets, LoadFigures>
    measured.push({ pgbench, ...all })
    progress(`round ${round} of ${rounds}: ${names.map((name) => `${name} ${perSecond(all[name])}/s`).join(', ')}`)
  }
  return measured
}

function mediansOf(
  rounds: readonly Round[],
): Omit<RestReadReport['figures'], 'idleMemory' | 'firstStart' | 'laterStart'> {
  return {
    pgbench: medianOrNull(rounds.map((round) => round.pgbench)),
    barePipelined: medianFigures(rounds.map((round) => round.barePipelined)),
    bareAwaited: medianFigures(rounds.map((round) => round.bareAwaited)),
    wholeServer: medianFigures(rounds.map((round) => round.wholeServer)),
  }
}

// Ratios are taken within a round, where the machine's other work has fallen on both sides alike.
function ratiosOf(rounds: readonly Round[]): RestReadReport['ratios'] {
  return {
    wholeToPipelined: median(rounds.map((round) => speed(round.wholeServer) / speed(round.barePipelined))),
    wholeToAwaited: median(rounds.map((round) => speed(round.wholeServer) / speed(round.bareAwaited))),
    pipelinedToPgbench: medianOrNull(
      rounds.map((round) => (round.pgbench === null ? null : speed(round.barePipelined) / round.pgbench)),
    ),
    tail: median(rounds.map((round) => spread(round.wholeServer) / spread(round.barePipelined))),
  }
}

function speed({ requestsPerSecond }: LoadFigures): number {
  return requestsPerSecond
}

function spread({ p50, p99 }: LoadFigures): number {
  return p99 / p50
}

function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : median(known)
}

/** Each figure's median over the rounds; wrong answers are added up. */
export function medianFigures(rounds: readonly LoadFigures[]): LoadFigures {
  return {
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    p50: median(rounds.map((round) => round.p50)),
    p99: median(rounds.map((round) => round.p99)),
    failures: rounds.reduce((sum, round) => sum + round.failures, 0),
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

function perSecond({ requestsPerSecond }: LoadFigures): number {
  return Math.round(requestsPerSecond)
}

function withoutProgress({ rounds, seconds, connections, pool }: BenchOptions): Omit<BenchOptions, 'progress'> {
  return { rounds, seconds, connections, pool }
}

export async function postgresVersion(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version ?? 'unknown'
}
