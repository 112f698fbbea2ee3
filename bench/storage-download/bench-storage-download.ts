// The bar of downloads: how close the whole server comes to a bare handler that does the same reads, for small objects,
// and to nginx, for large ones. Alternating rounds, the same files on the same disk.

import { join } from 'node:path'

import { conditions, type Conditions } from '../conditions/conditions.ts'
import { type LoadFigures, loadHttp, type LoadTarget } from '../load/http-load.ts'
import type { LoadProcess } from '../load/load-process.ts'
import { type Nginx, startNginx } from '../nginx/start-nginx.ts'
import { type BenchOptions, median, medianFigures, postgresVersion } from '../rest-read/bench-rest-read.ts'
import { startContestant } from '../rest-read/contestant.ts'
import { makeProject, type Project, startWholeServer } from '../rest-read/whole-server.ts'
import { allowLarge, BUCKET, folderOfBlobs, storeObjects, type StoredObject } from './stored-objects.ts'
import { startStreamLoad, type StreamCommand } from './stream-load.ts'

export interface StorageDownloadReport {
  readonly bench: 'storage-download'
  readonly conditions: Conditions & Omit<BenchOptions, 'progress'> & { readonly streams: number }
  /** Medians over the rounds. */
  readonly figures: {
    /** 10 kB. */
    readonly small: Readonly<Record<SmallContestant, LoadFigures>>
    /** 100 MB; bytes per second. */
    readonly large: Readonly<Record<LargeContestant, number>>
  }
  /** Medians of each round's own ratios. */
  readonly ratios: {
    readonly smallToBare: number
    readonly smallToNginx: number
    readonly largeToNginx: number
  }
  readonly bars: typeof BARS
}

const BARS = { smallToBare: { atLeast: 0.6 }, largeToNginx: { atLeast: 0.7 } } as const
const SMALL_CONTESTANTS = ['nginx', 'bare', 'tenon'] as const
const LARGE_CONTESTANTS = ['nginx', 'tenon'] as const
const WARM_UP_SECONDS = 3
const STREAMS = 2

type SmallContestant = (typeof SMALL_CONTESTANTS)[number]
type LargeContestant = (typeof LARGE_CONTESTANTS)[number]

interface Round {
  readonly small: Readonly<Record<SmallContestant, LoadFigures>>
  readonly large: Readonly<Record<LargeContestant, number>>
}

interface Contest {
  readonly small: Readonly<Record<SmallContestant, LoadTarget>>
  readonly large: Readonly<Record<LargeContestant, Omit<StreamCommand, 'seconds'>>>
  readonly streams: LoadProcess<StreamCommand>
}

/** Measures; slow is a figure like any other. Rejects where a contestant cannot run. */
export async function benchStorageDownload(options: BenchOptions): Promise<StorageDownloadReport> {
  const project = await makeProject(options.pool)
  try {
    await allowLarge(project)
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

async function measure(options: BenchOptions, project: Project): Promise<StorageDownloadReport> {
  const { databaseUrl } = project
  const { small, large } = await storeObjects(project)
  const blobs = folderOfBlobs(project)
  const nginx = await startNginx({ root: blobs, folder: join(project.folder, 'nginx'), workers: 1, takes: false })
  const bareOptions = { databaseUrl, pool: options.pool, blobs }
  const bare = await startContestant('../storage-download/bare-read.ts', bareOptions)
  const streams = startStreamLoad()
  try {
    const contest = {
      small: smallTargets(project, nginx, bare.port, small),
      large: largeTargets(project, nginx, large),
      streams,
    }
    const rounds = await runRounds(options, contest)
    const { rounds: count, seconds, connections, pool } = options
    const known = { ...conditions(await postgresVersion(databaseUrl)), rounds: count, seconds, connections, pool }
    return {
      bench: 'storage-download',
      conditions: { ...known, streams: STREAMS },
      figures: figuresOf(rounds),
      ratios: ratiosOf(rounds),
      bars: BARS,
    }
  } finally {
    await Promise.all([streams.stop(), bare.stop(), nginx.stop()])
  }
}

function smallTargets(
  project: Project,
  nginx: Nginx,
  barePort: number,
  { name, size, file }: StoredObject,
): Contest['small'] {
  const body = (bytes: Buffer): boolean => bytes.length === size
  const { headers } = project
  return {
    nginx: { port: nginx.port, path: `/${file}`, headers, body },
    bare: { port: barePort, path: `/${name}`, headers, body },
    tenon: { port: project.apiPort, path: pathOf(name), headers, body },
  }
}

function largeTargets(project: Project, nginx: Nginx, { name, size, file }: StoredObject): Contest['large'] {
  const shared = { kind: 'stream', headers: project.headers, connections: STREAMS, size } as const
  return {
    nginx: { ...shared, port: nginx.port, path: `/${file}` },
    tenon: { ...shared, port: project.apiPort, path: pathOf(name) },
  }
}

function pathOf(name: string): string {
  return `/storage/v1/object/authenticated/${BUCKET}/${name}`
}

async function runRounds(options: BenchOptions, contest: Contest): Promise<readonly Round[]> {
  const { rounds, connections, progress } = options
  for (const name of SMALL_CONTESTANTS) await loadHttp(contest.small[name], connections, WARM_UP_SECONDS)
  for (const name of LARGE_CONTESTANTS) await contest.streams.ask({ ...contest.large[name], seconds: 1 })
  const measured: Round[] = []
  for (let round = 1; round <= rounds; round++) {
    measured.push(await runRound(options, contest, round % 2 === 0))
    const { smallToBare, smallToNginx, largeToNginx } = ratiosOf(measured.slice(-1))
    const ratios = [smallToBare, smallToNginx, largeToNginx].map((ratio) => ratio.toFixed(2)).join(', ')
    progress(`round ${round} of ${rounds}: 10 kB to the bare handler, to nginx, 100 MB to nginx: ${ratios}`)
  }
  return measured
}

async function runRound({ connections, seconds }: BenchOptions, contest: Contest, turned: boolean): Promise<Round> {
  const small = new Map<SmallContestant, LoadFigures>()
  for (const name of turned ? SMALL_CONTESTANTS.toReversed() : SMALL_CONTESTANTS) {
    small.set(name, await loadHttp(contest.small[name], connections, seconds))
  }
  const large = new Map<LargeContestant, number>()
  for (const name of turned ? LARGE_CONTESTANTS.toReversed() : LARGE_CONTESTANTS) {
    large.set(name, (await contest.streams.ask({ ...contest.large[name], seconds })) as number)
  }
  return { small: Object.fromEntries(small) as Round['small'], large: Object.fromEntries(large) as Round['large'] }
}

function figuresOf(rounds: readonly Round[]): StorageDownloadReport['figures'] {
  const small = (name: SmallContestant): LoadFigures => medianFigures(rounds.map((round) => round.small[name]))
  const large = (name: LargeContestant): number => median(rounds.map((round) => round.large[name]))
  return {
    small: { nginx: small('nginx'), bare: small('bare'), tenon: small('tenon') },
    large: { nginx: large('nginx'), tenon: large('tenon') },
  }
}

// Ratios are taken within a round, where the machine's other work has fallen on all alike.
function ratiosOf(rounds: readonly Round[]): StorageDownloadReport['ratios'] {
  const small = (of: Round, name: SmallContestant): number => of.small[name].requestsPerSecond
  return {
    smallToBare: median(rounds.map((round) => small(round, 'tenon') / small(round, 'bare'))),
    smallToNginx: median(rounds.map((round) => small(round, 'tenon') / small(round, 'nginx'))),
    largeToNginx: median(rounds.map((round) => round.large.tenon / round.large.nginx)),
  }
}
