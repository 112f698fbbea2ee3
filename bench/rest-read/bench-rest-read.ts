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
    const { pgbench, ...loads } = await runRounds(options, databaseUrl, targets)
    const { barePipelined, bareAwaited, wholeServer } = loads
    return {
      bench: 'rest-read',
      conditions: { ...conditions(await postgresVersion(databaseUrl)), ...withoutProgress(options) },
      figures: { pgbench, ...loads, idleMemory, firstStart, laterStart: whole.startedIn },
      ratios: {
        wholeToPipelined: wholeServer.requestsPerSecond / barePipelined.requestsPerSecond,
        wholeToAwaited: wholeServer.requestsPerSecond / bareAwaited.requestsPerSecond,
        pipelinedToPgbench: pgbench === null ? null : barePipelined.requestsPerSecond / pgbench,
        tail: wholeServer.p99 / wholeServer.p50 / (barePipelined.p99 / barePipelined.p50),
      },
      bars: BARS,
    }
  } finally {
    await Promise.all([pipelined.stop(), awaited.stop()])
  }
}

type Targets = Readonly<Record<'barePipelined' | 'bareAwaited' | 'wholeServer', LoadTarget>>

export interface Rounds extends Readonly<Record<keyof Targets, LoadFigures>> {
  readonly pgbench: number | null
}

/** Every contestant once a round, each round in another order; medians over the rounds. */
export async function runRounds(options: BenchOptions, databaseUrl: string, targets: Targets): Promise<Rounds> {
  const { rounds, seconds, connections, pool, progress } = options
  const names = Object.keys(targets) as (keyof Targets)[]
  const withPgbench = await hasPgbench()
  const pgbench: number[] = []
  const figures: Record<keyof Targets, LoadFigures[]> = { barePipelined: [], bareAwaited: [], wholeServer: [] }
  for (const name of names) await loadHttp(targets[name], connections, WARM_UP_SECONDS)
  for (let round = 1; round <= rounds; round++) {
    if (withPgbench) pgbench.push(await runPgbench(databaseUrl, pool, seconds))
    for (const name of round % 2 === 0 ? names.toReversed() : names) {
      figures[name].push(await loadHttp(targets[name], connections, seconds))
    }
    progress(`round ${round} of ${rounds}: ${names.map((name) => `${name} ${latest(figures[name])}/s`).join(', ')}`)
  }
  return {
    pgbench: withPgbench ? median(pgbench) : null,
    barePipelined: medianFigures(figures.barePipelined),
    bareAwaited: medianFigures(figures.bareAwaited),
    wholeServer: medianFigures(figures.wholeServer),
  }
}

function medianFigures(rounds: readonly LoadFigures[]): LoadFigures {
  return {
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    p50: median(rounds.map((round) => round.p50)),
    p99: median(rounds.map((round) => round.p99)),
    failures: rounds.reduce((sum, round) => sum + round.failures, 0),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

function latest(figures: readonly LoadFigures[]): number {
  return Math.round(figures.at(-1)?.requestsPerSecond ?? Number.NaN)
}

function withoutProgress({ rounds, seconds, connections, pool }: BenchOptions): Omit<BenchOptions, 'progress'> {
  return { rounds, seconds, connections, pool }
}

async function postgresVersion(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version ?? 'unknown'
}
