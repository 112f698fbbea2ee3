// The bar of minting: how many session tokens the running instance hands out, against what the machine can sign at
// all, in alternating rounds. The load, the server and its Postgres share the cores that the ceiling has for itself.

import { conditions } from '../conditions/conditions.ts'
import type { Conditions } from '../conditions/conditions.ts'
import { askOnce, loadHttp } from '../load/http-load.ts'
import type { LoadFigures, LoadTarget } from '../load/http-load.ts'
import { type BenchOptions, median, medianFigures, postgresVersion } from '../rest-read/bench-rest-read.ts'
import { startContestant } from '../rest-read/contestant.ts'
import { makeProject, type Project, startWholeServer } from '../rest-read/whole-server.ts'
import { runSignAlone } from './run-sign-alone.ts'
import type { SignRates } from './sign-alone.ts'
import { mintThroughFrontendApi } from './signed-in-browser.ts'
import { signInPerson } from './signed-in-person.ts'
import { signingInput } from './signing-input.ts'

export interface TokenMintReport {
  readonly bench: 'token-mint'
  readonly conditions: Conditions & Omit<BenchOptions, 'progress'>
  /** Medians over the rounds. */
  readonly figures: {
    /** Signatures per second by `crypto.sign` RS256 alone. */
    readonly signAlone: SignRates
    /** Fastify that signs and looks nothing up. */
    readonly bareFastify: LoadFigures
    readonly backendApi: LoadFigures
    readonly frontendApi: LoadFigures
  }
  /** Medians of each round's own ratios; the ceiling is the better of the two ways to sign. */
  readonly ratios: {
    readonly bareFastify: number
    readonly backendApi: number
    readonly frontendApi: number
  }
  /** What the ratios are held against. */
  readonly bars: typeof BARS
}

const CONTESTANTS = ['bareFastify', 'backendApi', 'frontendApi'] as const
type Contestant = (typeof CONTESTANTS)[number]
type Round = { readonly signAlone: SignRates } & Readonly<Record<Contestant, LoadFigures>>

const BARS = { backendApi: { atLeast: 0.5 }, frontendApi: { atLeast: 0.5 } } as const

const WARM_UP_SECONDS = 4

/** Measures; slow is a figure like any other. Rejects where a contestant cannot run. */
export async function benchTokenMint(options: BenchOptions): Promise<TokenMintReport> {
  const project = await makeProject(options.pool)
  try {
    const whole = await startWholeServer(project)
    try {
      return await measure(options, project)
    } finally {
      await whole.stop()
    }
  } finally {
    await project.remove()
  }
}

async function measure(options: BenchOptions, project: Project): Promise<TokenMintReport> {
  const { databaseUrl } = project
  const person = await signInPerson(project)
  const backendApi = person.mint
  const frontendApi = await mintThroughFrontendApi(project, person)
  const { jwt } = JSON.parse(await askOnce(backendApi)) as { readonly jwt: string }
  const input = signingInput(jwt)
  const contestant = { databaseUrl, pool: options.pool, input }
  const bare = await startContestant('../token-mint/bare-fastify.ts', contestant)
  try {
    const bareFastify = { ...backendApi, port: bare.port }
    const rounds = await runRounds(options, input, { bareFastify, backendApi, frontendApi })
    const { rounds: count, seconds, connections, pool } = options
    return {
      bench: 'token-mint',
      conditions: { ...conditions(await postgresVersion(databaseUrl)), rounds: count, seconds, connections, pool },
      figures: figuresOf(rounds),
      ratios: eachContestant((name) => ratioOf(rounds, name)),
      bars: BARS,
    }
  } finally {
    await bare.stop()
  }
}

async function runRounds(
  { rounds, seconds, connections, progress }: BenchOptions,
  input: string,
  targets: Readonly<Record<Contestant, LoadTarget>>,
): Promise<readonly Round[]> {
  for (const name of CONTESTANTS) await loadHttp(targets[name], connections, WARM_UP_SECONDS)
  const measured: Round[] = []
  for (let round = 1; round <= rounds; round++) {
    const signAlone = await runSignAlone({ input, seconds, inFlight: connections })
    const figures = new Map<Contestant, LoadFigures>()
    for (const name of round % 2 === 0 ? CONTESTANTS.toReversed() : CONTESTANTS) {
      figures.set(name, await loadHttp(targets[name], connections, seconds))
    }
    const all = Object.fromEntries(figures) as Record<Contestant, LoadFigures>
    measured.push({ signAlone, ...all })
    const ratios = CONTESTANTS.map((name) => ratioOf(measured.slice(-1), name).toFixed(2))
    progress(`round ${round} of ${rounds}: ${ratios.join(', ')}`)
  }
  return measured
}

function figuresOf(rounds: readonly Round[]): TokenMintReport['figures'] {
  return {
    signAlone: {
      onThreadPool: median(rounds.map(({ signAlone }) => signAlone.onThreadPool)),
      inWorkers: median(rounds.map(({ signAlone }) => signAlone.inWorkers)),
    },
    ...eachContestant((name) => medianFigures(rounds.map((round) => round[name]))),
  }
}

function eachContestant<Figure>(figureOf: (name: Contestant) => Figure): Record<Contestant, Figure> {
  return {
    bareFastify: figureOf('bareFastify'),
    backendApi: figureOf('backendApi'),
    frontendApi: figureOf('frontendApi'),
  }
}

function ratioOf(rounds: readonly Round[], name: Contestant): number {
  return median(rounds.map((round) => round[name].requestsPerSecond / ceiling(round.signAlone)))
}

function ceiling({ onThreadPool, inWorkers }: SignRates): number {
  return Math.max(onThreadPool, inWorkers)
}
