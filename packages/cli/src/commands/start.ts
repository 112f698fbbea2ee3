// `tenon start`: serves a project until it is told to stop.

import {
  type EngineEvent,
  probe,
  type ProjectConfig,
  readProjectConfig,
  recordStart,
  type Stack,
  startStack,
} from 'tenon'

import { renderEngineEvent } from '../print/engine-event.ts'
import { renderStartTimes } from '../print/start-times.ts'
import { renderStatus } from '../print/status-lines.ts'
import { findProject } from '../project.ts'
import { openLog } from './open-log.ts'
import { untilToldToStop } from './until-told-to-stop.ts'

export interface StartFlags {
  readonly project?: string
  readonly databaseUrl?: string
  readonly host?: string
  readonly apiPort?: number
  readonly dbPort?: number
  readonly mailboxPort?: number
  readonly clerkPort?: number
  readonly studioPort?: number
}

/** What to do once the stack answers, before waiting for the end; for `npm start`'s proof. */
export type WhenReady = (stack: Stack) => Promise<void>

/** Starts, prints addresses and keys, and resolves after a clean shutdown. */
export async function start(flags: StartFlags, whenReady: WhenReady = async () => undefined): Promise<void> {
  const config = readProjectConfig(findProject(flags.project, process.cwd()), process.env, flags)
  const told = untilToldToStop()
  const stack = await startStack(config, { log: openLog(config), onEngineEvent: report, onNotice: printNotice })
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
  console.log(renderStatus(config.production ? publicLines(stack) : stack.lines, 'pretty'))
  for (const notice of stack.notices) console.log(`\n${notice}`)
  if (!config.production) printStudioLink(stack)
}

/** It signs in whoever opens it first, so that a terminal may show it and a log may not. */
function printStudioLink(stack: Stack): void {
  const link = stack.studioLink()
  if (link !== null)
    console.log(`\nOpen Studio within ten minutes (later, tenon studio prints another link):\n  ${link}`)
}

/** Standard output is a log in production: addresses only. `tenon status` prints the keys to whoever may read them. */
function publicLines({ lines }: Stack): Stack['lines'] {
  return Object.fromEntries(Object.entries(lines).filter(([name]) => name.endsWith('_URL') && name !== 'DB_URL'))
}

/** The first request: being started means to have answered one. */
async function answerOnce(stack: Stack): Promise<void> {
  const { REST_URL = '', PUBLISHABLE_KEY = '' } = stack.lines
  await probe(`${REST_URL}/`, { apikey: PUBLISHABLE_KEY })
}

function printNotice(sentence: string): void {
  console.error(`${sentence}\n`)
}

function report(event: EngineEvent): void {
  console.error(renderEngineEvent(event))
}
