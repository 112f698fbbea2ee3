// Starts everything a project needs, in order, and stops it in the reverse order. The only place that knows
// all parts; what each does is its own folder's business.

import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'

import type { Logger } from 'pino'

import type { Degradation } from '../database/bootstrap/bootstrap.ts'
import { degradationNotices } from '../database/bootstrap/degradation-notices.ts'
import { connectionUrl, type Engine, type EngineEvent } from '../database/engines/engine.ts'
import { openEngine } from './administration/open-engine.ts'
import { connectionsOf } from './administration/project-database.ts'
import { assertPortsFree } from './assert-ports-free.ts'
import { type Closers, createClosers } from './closers.ts'
import type { ProjectConfig } from './config/project-config.ts'
import { keptSecrets } from './kept-secrets.ts'
import { openApi } from './parts/open-api.ts'
import { openClerk } from './parts/open-clerk.ts'
import { openMailbox } from './parts/open-mailbox.ts'
import { openMirror, type OpenMirror } from './parts/open-mirror.ts'
import { studioEntrance } from './parts/open-studio.ts'
import { s3Keys } from './parts/storage/s3-keys.ts'
import { type PreparedDatabase, prepareDatabase } from './prepare-database.ts'
import { type ProjectKeys, projectKeys } from './project-keys.ts'
import { removeRunState, type StatusLines, writeRunState } from './running/run-state.ts'
import { noFacts } from './running/stack-facts.ts'
import { assertSafeExposure } from './safe-exposure.ts'
import { type StackAddresses, stackLines } from './stack-lines.ts'

/** A stack that answers. */
export interface Stack {
  readonly lines: StatusLines
  /** Sentences for whoever started it: degraded features, copies kept elsewhere, warnings. */
  readonly notices: readonly string[]
  /** Names of the migrations that this start applied. */
  readonly migrations: readonly string[]
  /** A link into Studio that signs in once; null where there is no Studio. */
  studioLink(): string | null
  /** Finishes what is in flight and ends every part; safe to call twice. */
  stop(): Promise<void>
}

export interface StackOptions {
  readonly log: Logger
  /** A crash of Postgres and what became of it. */
  readonly onEngineEvent: (event: EngineEvent) => void
  /** A start that fails tells, before it does, each notice known so far: what is lost may well be why. */
  readonly onNotice?: (sentence: string) => void
}

/** Ours to write; the user Postgres runs as may pass through, and nobody else may look. */
const STATE_MODE = 0o711

/** Starts the stack. Refuses with `boot.*`, `engine.*`, `migration.*`; whatever was opened before is closed again. */
export async function startStack(config: ProjectConfig, options: StackOptions): Promise<Stack> {
  assertSafeExposure(config)
  await assertPortsFree(doorsOf(config))
  const closers = createClosers()
  const closeAll = async (): Promise<void> =>
    await closers.closeAll((part, err) => options.log.error({ part, err }, 'a part did not close'))
  const lost: Degradation[] = []
  try {
    const started = await openParts(config, options, closers, lost)
    let stopped: Promise<void> | null = null
    return { ...started, stop: () => (stopped ??= closeAll()) }
  } catch (error) {
    await closeAll()
    for (const sentence of degradationNotices(lost)) options.onNotice?.(sentence)
    throw error
  }
}

function doorsOf({ api, mailbox, clerk, studio }: ProjectConfig) {
  return [
    { host: api.host, port: api.port, door: 'the API', key: '[api] port' },
    ...(mailbox.enabled
      ? [{ host: mailbox.host, port: mailbox.port, door: 'the mailbox', key: '[mailbox] port' }]
      : []),
    ...(clerk.enabled ? [{ host: clerk.host, port: clerk.port, door: 'the Clerk instance', key: '[clerk] port' }] : []),
    ...(studio.enabled ? [{ host: studio.host, port: studio.port, door: 'Studio', key: '[studio] port' }] : []),
  ]
}

async function openParts(
  config: ProjectConfig,
  { log, onEngineEvent }: StackOptions,
  closers: Closers,
  lost: Degradation[],
): Promise<Omit<Stack, 'stop'>> {
  mkdirSync(config.stateDir, { recursive: true, mode: STATE_MODE })
  const secrets = keptSecrets(config.stateDir, config.clerk.instances)
  const keys = projectKeys(config.auth)
  const stackId = randomUUID()
  const { engine, degradations } = await openEngine(config, onEngineEvent)
  closers.add('postgres', () => engine.stop())
  lost.push(...degradations)
  const prepared = await prepareDatabase(config, engine, (more) => lost.push(...more))
  const databaseUrl = connectionUrl(engine.connection('tenon_clerk'))
  const mailbox = await openMailbox(config.mailbox, log)
  closers.add('mailbox', async () => await mailbox?.close())
  const mailboxUrl = mailbox?.url ?? null
  const mirror = openMirror({ config, secrets, engine, log })
  closers.add('mirror', async () => await mirror?.close())
  const openingClerk = openClerk({ config, secrets, databaseUrl, mailboxUrl, log })
  closers.add('clerk', async () => await (await openingClerk.catch(() => null))?.stop())
  const studio = studioEntrance(config.studio)
  const facts = noFacts()
  const [api, clerk] = await Promise.all([
    openApi({ config, keys, engine, mirror, studio, facts, stackId, closers, log }),
    openingClerk,
  ])
  api.identity.verifier.start()
  if (prepared.mirrorIsNew) fillInBackground(mirror, log)
  const studioUrl = studio?.url ?? null
  facts.clerk = clerk?.instances() ?? null
  const s3 = s3Line(config, keys)
  const lines = stackLines({ apiUrl: api.url, engine, keys, mailboxUrl, studioUrl, s3, clerk: facts.clerk ?? [] })
  const notices = [...noticesOf(config, engine, prepared, lost), ...api.notices]
  Object.assign(facts, { lines, notices })
  announce(config, { stackId, lines, notices, engine }, closers)
  const studioLink = (): string | null => studio?.createLink().url ?? null
  return { lines, notices, migrations: prepared.migrations, studioLink }
}

function s3Line(config: ProjectConfig, keys: ProjectKeys): StackAddresses['s3'] {
  const { enabled, s3Protocol } = config.storage
  return enabled && s3Protocol.enabled ? { region: s3Protocol.region, pair: s3Keys(config, keys).service } : null
}

/** A new mirror is empty; what Clerk has is read while the server serves. */
function fillInBackground(mirror: OpenMirror | null, log: Logger): void {
  mirror?.backfill().catch((err: unknown) => log.warn({ err }, 'the mirror could not be filled'))
}

interface Announcement {
  readonly stackId: string
  readonly lines: StatusLines
  readonly notices: readonly string[]
  readonly engine: Engine
}

/** From now on `tenon status` and `tenon stop` find this server. */
function announce(
  { stateDir }: ProjectConfig,
  { stackId, lines, notices, engine }: Announcement,
  closers: Closers,
): void {
  writeRunState(stateDir, {
    kind: 'run-state',
    id: stackId,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    healthUrl: `${lines['API_URL']}/health`,
    lines,
    database: {
      kind: engine.kind,
      owned: engine.owned,
      ...connectionsOf(engine),
      passwords: engine.passwords,
    },
    notices,
  })
  closers.add('run state', async () => removeRunState(stateDir))
}

function noticesOf(
  config: ProjectConfig,
  engine: Engine,
  prepared: PreparedDatabase,
  lost: readonly Degradation[],
): readonly string[] {
  return [...config.warnings, ...prepared.warnings, ...engine.status().notes, ...degradationNotices(lost)]
}
