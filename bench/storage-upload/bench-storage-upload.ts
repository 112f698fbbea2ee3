// How close uploads come to a bare handler that does the same, and to nginx that does less: it neither asks anybody, nor
// hashes, nor syncs. In alternating rounds on one disk.

import { existsSync } from 'node:fs'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { Client } from 'pg'

import type { Caller } from '../../packages/server/src/storage/access/caller.ts'
import { conditions, type Conditions } from '../conditions/conditions.ts'
import type { LoadFigures } from '../load/http-load.ts'
import { hasNginx, type Nginx, startNginx } from '../nginx/start-nginx.ts'
import { type BenchOptions, median, medianFigures, postgresVersion } from '../rest-read/bench-rest-read.ts'
import { startContestant } from '../rest-read/contestant.ts'
import { makeProject, type Project, startWholeServer } from '../rest-read/whole-server.ts'
import { OWNER, ROLE } from '../rest-read/workload.ts'
import type { BareUpload } from './bare-upload.ts'
import { loadUploads, uploadLarge, type UploadTarget } from './load-uploads.ts'

export interface StorageUploadReport {
  readonly bench: 'storage-upload'
  readonly conditions: Conditions & Omit<BenchOptions, 'progress'>
  readonly figures: {
    readonly bare: LoadFigures
    readonly wholeServer: LoadFigures
    /** Bytes per second of one large upload; null without nginx. */
    readonly nginx: number | null
    readonly wholeServerLarge: number
  }
  /** Medians of each round's own ratios. */
  readonly ratios: { readonly small: number; readonly large: number | null }
  readonly bars: typeof BARS
}

export const SMALL = 10_000
export const LARGE = 100 * 1024 * 1024
const BARS = { small: { atLeast: 0.7 }, large: { atLeast: 0.7 } } as const
const WARM_UP_SECONDS = 3

/** Measures; slow is a figure like any other. Rejects where a contestant cannot run. */
export async function benchStorageUpload(options: BenchOptions): Promise<StorageUploadReport> {
  const project = await makeProject(options.pool)
  await appendFile(join(project.folder, 'supabase', 'config.toml'), '[storage]\nfile_size_limit = "1GiB"\n')
  try {
    const whole = await startWholeServer(project)
    try {
      await makeBucket(project.databaseUrl)
      return await measureAll(options, project)
    } finally {
      await whole.stop()
    }
  } finally {
    await project.remove()
  }
}

async function makeBucket(url: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(`
    insert into storage.buckets (id, name, file_size_limit) values ('bench', 'bench', null);
    create policy bench on storage.objects for all to authenticated
      using (bucket_id = 'bench') with check (bucket_id = 'bench')`)
  await client.end()
}

async function measureAll(options: BenchOptions, project: Project): Promise<StorageUploadReport> {
  const whole = targetOf(project)
  const small = await measureSmall(options, project, whole)
  const large = await measureLarge(options, project, whole)
  const { rounds, seconds, connections, pool } = options
  return {
    bench: 'storage-upload',
    conditions: { ...conditions(await postgresVersion(project.databaseUrl)), rounds, seconds, connections, pool },
    figures: { ...small.figures, ...large.figures },
    ratios: { small: small.ratio, large: large.ratio },
    bars: BARS,
  }
}

function targetOf({ apiPort, headers }: Project): UploadTarget {
  const sent = { ...headers, 'x-upsert': 'true', 'content-type': 'application/octet-stream' }
  return { port: apiPort, method: 'POST', path: '/storage/v1/object/bench/', headers: sent }
}

interface Measured<Figures> {
  readonly figures: Figures
  readonly ratio: number
}

async function measureSmall(
  { rounds, seconds, connections, pool, progress }: BenchOptions,
  project: Project,
  whole: UploadTarget,
): Promise<Measured<{ readonly bare: LoadFigures; readonly wholeServer: LoadFigures }>> {
  const bare = await startBare(project, pool)
  const targets = { bare: { ...whole, port: bare.port }, wholeServer: whole }
  try {
    const load = (name: keyof typeof targets, duration: number): Promise<LoadFigures> =>
      loadUploads(targets[name], SMALL, connections, duration)
    for (const name of ['bare', 'wholeServer'] as const) await load(name, WARM_UP_SECONDS)
    const measured: { readonly bare: LoadFigures; readonly wholeServer: LoadFigures }[] = []
    for (let round = 1; round <= rounds; round++) {
      const first = round % 2 === 0 ? await load('bare', seconds) : null
      const wholeServer = await load('wholeServer', seconds)
      measured.push({ bare: first ?? (await load('bare', seconds)), wholeServer })
      progress(`round ${round}: ${SMALL} bytes measured`)
    }
    const figures = {
      bare: medianFigures(measured.map((each) => each.bare)),
      wholeServer: medianFigures(measured.map((each) => each.wholeServer)),
    }
    const ratios = measured.map((each) => each.wholeServer.requestsPerSecond / each.bare.requestsPerSecond)
    return { figures, ratio: median(ratios) }
  } finally {
    await bare.stop()
  }
}

async function startBare(project: Project, pool: number): ReturnType<typeof startContestant> {
  const folder = join(project.folder, 'bare')
  await mkdir(folder)
  const claims = JSON.stringify({ sub: OWNER, role: ROLE })
  const identity = { role: ROLE, subject: OWNER, claimsJson: claims } as Caller['identity']
  const caller: Caller = { identity, token: '', method: 'POST', path: '/', headersJson: '{}' }
  const databaseUrl = await ownersUrl(project)
  const more: BareUpload & { databaseUrl: string; pool: number } = { databaseUrl, pool, folder, caller }
  return await startContestant('../storage-upload/bare-upload.ts', more)
}

/** Of the owner of the tables, as Storage's own pool logs in. */
async function ownersUrl({ folder, databaseUrl }: Project): Promise<string> {
  // Written once all parts run, which is after the first answer.
  const state = join(folder, '.tenon', 'run.json')
  while (!existsSync(state)) await new Promise((resolve) => setTimeout(resolve, 20))
  const { database } = JSON.parse(await readFile(state, 'utf8')) as {
    readonly database: { readonly passwords: Readonly<Record<string, string>> }
  }
  const url = new URL(databaseUrl)
  url.username = 'supabase_storage_admin'
  url.password = database.passwords['supabase_storage_admin'] ?? ''
  return url.href
}

async function measureLarge(
  { rounds, progress }: BenchOptions,
  project: Project,
  whole: UploadTarget,
): Promise<{ figures: { nginx: number | null; wholeServerLarge: number }; ratio: number | null }> {
  const nginx = hasNginx() ? await startTaking(project) : null
  try {
    const measured: LargeRound[] = []
    // Once to warm up.
    for (let round = 0; round <= rounds; round++) {
      measured.push(await largeRound(nginx, whole, round % 2 === 0))
      progress(`round ${round}: ${LARGE} bytes measured`)
    }
    const rest = measured.slice(1)
    const ratios = rest.flatMap((each) => (each.nginx === null ? [] : [each.wholeServer / each.nginx]))
    const nginxFigures = rest.flatMap((each) => (each.nginx === null ? [] : [each.nginx]))
    return {
      figures: {
        nginx: nginx === null ? null : median(nginxFigures),
        wholeServerLarge: median(rest.map((each) => each.wholeServer)),
      },
      ratio: nginx === null ? null : median(ratios),
    }
  } finally {
    await nginx?.stop()
  }
}

async function startTaking({ folder }: Project): Promise<Nginx> {
  const own = join(folder, 'nginx')
  return await startNginx({ root: join(own, 'files'), folder: own, workers: 2, takes: true })
}

interface LargeRound {
  readonly nginx: number | null
  readonly wholeServer: number
}

async function largeRound(nginx: Nginx | null, whole: UploadTarget, turned: boolean): Promise<LargeRound> {
  const target: UploadTarget | null = nginx && { port: nginx.port, path: '/', method: 'PUT', headers: {} }
  const first = turned && target !== null ? await uploadLarge(target, LARGE) : null
  const wholeServer = await uploadLarge(whole, LARGE)
  return { nginx: first ?? (target && (await uploadLarge(target, LARGE))), wholeServer }
}
