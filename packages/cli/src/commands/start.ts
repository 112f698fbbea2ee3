// `tenon start`: serves a project until it is told to stop.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { destination, type Logger, pino } from 'pino'
import { type EngineEvent, type ProjectConfig, readProjectConfig, recordStart, type Stack, startStack } from 'tenon'

import { renderEngineEvent } from '../print/engine-event.ts'
import { renderStartTimes } from '../print/start-times.ts'
import { renderStatus } from '../print/status-lines.ts'
import { findProject } from '../project.ts'
import { untilToldToStop } from './until-told-to-stop.ts'

export interface StartFlags {
  readonly project?: string
  readonly databaseUrl?: string
  readonly host?: string
  readonly apiPort?: number
  readonly dbPort?: number
  readonly clerkPort?: number
}

/** What to do once the stack answers, before waiting for the end; for `npm start`'s proof. */
export type WhenReady = (stack: Stack) => Promise<void>

/** Starts, prints addresses and keys, and resolves after a clean shutdown. */
export async function start(flags: StartFlags, whenReady: WhenReady = async () => undefined): Promise<void> {
  const config = readProjectConfig(findProject(flags.project, process.cwd()), process.env, flags)
  const told = untilToldToStop()
  const stack = await startStack(config, { log: openLog(config), onEngineEvent: report })
  try {
    await answerOnce(stack)
    const times = recordStart(config.stateDir, Date.now() - performance.timeOrigin)
    printStarted(config, stack)
    console.log(`\n${renderStartTimes(times)}`)
    await Promise.race([whenReady(stack), told.stop])
    if (!told.isTold()) console.log('\nServing until Ctrl+C.')
    await told.stop
    console.log('\nStopping.')
  } finally {
    await stack.stop()
    told.forget()
  }
}

function printStarted(config: ProjectConfig, stack: Stack): void {
  for (const migration of stack.migrations) console.log(`Applied migration ${migration}`)
  console.log(`\nTenon serves ${config.projectDir}\n`)
  console.log(renderStatus(stack.lines, 'pretty'))
  for (const notice of stack.notices) console.log(`\n${notice}`)
}

/** The first request: being started means to have answered one. */
async function answerOnce(stack: Stack): Promise<void> {
  const { REST_URL = '', PUBLISHABLE_KEY = '' } = stack.lines
  await (await fetch(`${REST_URL}/`, { method: 'HEAD', headers: { apikey: PUBLISHABLE_KEY } })).arrayBuffer()
}

function report(event: EngineEvent): void {
  console.error(renderEngineEvent(event))
}

/** Lines are written together, because a write for each request costs as much as routing it. Bytes, milliseconds. */
const LOG_BATCH = 8192
const LOG_DELAY = 500

/** Requests and faults go to a file of the state folder; in production to standard output, for a collector. */
function openLog(config: ProjectConfig): Logger {
  if (config.production) return pino({ level: 'info' })
  mkdirSync(config.stateDir, { recursive: true })
  const dest = join(config.stateDir, 'server.log')
  return pino({ level: 'info' }, destination({ dest, sync: false, minLength: LOG_BATCH, periodicFlush: LOG_DELAY }))
}
