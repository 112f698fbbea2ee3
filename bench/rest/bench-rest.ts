// How close the REST door comes to a bare handler that sends the very same SQL, request kind by request kind, in
// alternating rounds on one machine.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { conditions, type Conditions } from '../conditions/conditions.ts'
import { askOnce, loadHttp, type LoadFigures, type LoadTarget } from '../load/http-load.ts'
import { type BenchOptions, median, medianFigures, postgresVersion } from '../rest-read/bench-rest-read.ts'
import { startContestant } from '../rest-read/contestant.ts'
import { makeProject, type Project, startWholeServer } from '../rest-read/whole-server.ts'
import { bareStatementOf, type Stages, stagesOf } from './door-stages.ts'
import { type Workload, type WorkloadName, WORKLOADS, WORKLOADS_MIGRATION } from './workloads.ts'

/** One kind of request: medians over the rounds, and the median of each round's own ratio. */
export interface Measured {
  readonly bare: LoadFigures
  readonly wholeServer: LoadFigures
  /** Requests per second, the whole server's over the bare handler's. */
  readonly wholeToBare: number
  /** p99/p50 of the whole server over that of the bare handler. */
  readonly tail: number
}

export interface RestReport {
  readonly bench: 'rest'
  readonly conditions: Conditions & Omit<BenchOptions, 'progress'>
  readonly figures: Readonly<Record<WorkloadName, Measured>>
  /** What every ratio is held against: the bar of `rest-read`. */
  readonly bars: typeof BARS
}

const BARS = { wholeToBare: { atLeast: 0.75 }, tail: { atMost: 1.5 } } as const

const WARM_UP_SECONDS = 4

/** Measures; slow is a figure like any other. Rejects where a contestant cannot run or answers something else. */
export async function benchRest(options: BenchOptions): Promise<RestReport> {
  const project = await makeWorkloadsProject(options.pool)
  try {
    const whole = await startWholeServer(project)
    try {
      return await measureAll(options, project)
    } finally {
      await whole.stop()
    }
  } finally {
    await project.remove()
  }
}

/** The project of `rest-read` with the workloads' tables in it. */
export async function makeWorkloadsProject(pool: number): Promise<Project> {
  const project = await makeProject(pool)
  const file = join(project.folder, 'supabase', 'migrations', '20260102000000_bench_workloads.sql')
  await writeFile(file, WORKLOADS_MIGRATION)
  return project
}

async function measureAll(options: BenchOptions, project: Project): Promise<RestReport> {
  const stages = await stagesOf(project)
  const figures = new Map<WorkloadName, Measured>()
  for (const workload of WORKLOADS) figures.set(workload.name, await measure(workload, project, stages, options))
  const { rounds, seconds, connections, pool } = options
  return {
    bench: 'rest',
    conditions: { ...conditions(await postgresVersion(project.databaseUrl)), rounds, seconds, connections, pool },
    figures: Object.fromEntries(figures) as Record<WorkloadName, Measured>,
    bars: BARS,
  }
}

interface Round {
  readonly bare: LoadFigures
  readonly wholeServer: LoadFigures
}

async function measure(workload: Workload, project: Project, stages: Stages, options: BenchOptions): Promise<Measured> {
  const { databaseUrl } = project
  const contestant = { databaseUrl, pool: options.pool, ...(await bareStatementOf(workload, project, stages)) }
  const bare = await startContestant('../rest/bare-statement.ts', contestant)
  try {
    const asked = targetOf(workload, project)
    const target = { ...asked, body: await askOnce(asked) }
    const targets = { bare: { ...target, port: bare.port }, wholeServer: target }
    return summary(await runRounds(workload, targets, databaseUrl, options))
  } finally {
    await bare.stop()
  }
}

function targetOf({ method, path, query, prefer, sent, status }: Workload, project: Project): Omit<LoadTarget, 'body'> {
  return {
    port: project.apiPort,
    method,
    path: `/rest/v1${path}${query === '' ? '' : `?${query}`}`,
    headers: { ...project.headers, ...(prefer !== undefined && { prefer }) },
    ...(sent !== undefined && { sent }),
    status,
  }
}

/** Both once a round, each round in the other order, and always on the same rows. */
async function runRounds(
  { title }: Workload,
  targets: Readonly<Record<keyof Round, LoadTarget>>,
  databaseUrl: string,
  { rounds, seconds, connections, progress }: BenchOptions,
): Promise<readonly Round[]> {
  const load = async (name: keyof Round, duration: number): Promise<LoadFigures> => {
    await emptyEntries(databaseUrl)
    return await loadHttp(targets[name], connections, duration)
  }
  await load('bare', WARM_UP_SECONDS)
  await load('wholeServer', WARM_UP_SECONDS)
  const measured: Round[] = []
  for (let round = 1; round <= rounds; round++) {
    const first = round % 2 === 0 ? 'bare' : 'wholeServer'
    const figures = await load(first, seconds)
    const others = await load(first === 'bare' ? 'wholeServer' : 'bare', seconds)
    measured.push(first === 'bare' ? { bare: figures, wholeServer: others } : { bare: others, wholeServer: figures })
    const ratio = measured.at(-1)
    if (ratio !== undefined) progress(`${title}, round ${round} of ${rounds}: ${speedRatio(ratio).toFixed(2)}`)
  }
  return measured
}

async function emptyEntries(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('truncate public.bench_entries')
  await client.end()
}

// Ratios are taken within a round, where the machine's other work has fallen on both sides alike.
function summary(rounds: readonly Round[]): Measured {
  return {
    bare: medianFigures(rounds.map(({ bare }) => bare)),
    wholeServer: medianFigures(rounds.map(({ wholeServer }) => wholeServer)),
    wholeToBare: median(rounds.map(speedRatio)),
    tail: median(rounds.map(({ bare, wholeServer }) => wholeServer.p99 / wholeServer.p50 / (bare.p99 / bare.p50))),
  }
}

function speedRatio({ bare, wholeServer }: Round): number {
  return wholeServer.requestsPerSecond / bare.requestsPerSecond
}
