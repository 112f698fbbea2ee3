// The whole command: a command line in, an exit code out. Standard streams and signals are met only here.

import { checkReady } from './command/check-ready.ts'
import { dumpConfig, dumpSchema } from './command/dump.ts'
import { exampleFile } from './command/example-file.ts'
import { type CommandLine, help, parseCommandLine } from './command/parse-command-line.ts'
import { FOLLOWS } from './config/alone-config.ts'
import { type ConfigSources, readAloneConfig } from './config/read-alone-config.ts'
import { sayRefusal } from './connection/refused-by-database.ts'
import { logTime } from './observe/access-line.ts'
import type { Output } from './observe/observer.ts'
import { startRestAlone } from './start-rest-alone.ts'

const streams: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

/** Runs until the task is done or a signal ends it. Never rejects; what is refused is printed and ends with 1. */
export async function runRestAlone(args: readonly string[]): Promise<number> {
  try {
    return await perform(parseCommandLine(args))
  } catch (thrown) {
    streams.err(`${thrown instanceof Error && !('detail' in thrown) ? thrown.message : sayRefusal(thrown).said}\n`)
    return 1
  }
}

async function perform({ task, file }: CommandLine): Promise<number> {
  const sources: ConfigSources = { environment: process.env, file }
  switch (task) {
    case 'help':
      return print(help)
    case 'version':
      return print(`PostgREST ${FOLLOWS}`)
    case 'example':
      return print(exampleFile)
    case 'dump-config':
      streams.out(await dumpConfig(sources, note))
      return 0
    case 'dump-schema':
      streams.out(await dumpSchema(sources, note))
      return 0
    case 'ready': {
      const { ready, sentence } = await checkReady(readAloneConfig(sources).config)
      if (ready) return print(sentence)
      streams.err(`${sentence}\n`)
      return 1
    }
    case 'run':
      return await runUntilTold(sources)
  }
}

function note(line: string): void {
  streams.err(`${logTime(new Date())}: ${line}\n`)
}

function print(text: string): number {
  streams.out(`${text}\n`)
  return 0
}

/** SIGUSR1 reads the schema again, SIGUSR2 the configuration; SIGINT and SIGTERM end, a second one at once. */
async function runUntilTold(sources: ConfigSources): Promise<number> {
  const { promise: ending, resolve: end } = Promise.withResolvers<number>()
  const told = hearSignals()
  const starting = startRestAlone({ sources, output: streams, onFatal: () => end(1) })
  const stopped = told.stop.then((signal) => ({ signal }))
  const started = await Promise.race([starting, stopped])
  if ('signal' in started) return 0
  told.act(started)
  const ended = await Promise.race([ending, stopped])
  if (typeof ended !== 'number') started.observe({ kind: 'signal', name: ended.signal })
  await started.stop()
  return typeof ended === 'number' ? ended : 0
}

interface Reloads {
  reloadSchema(): Promise<void>
  reloadConfig(): Promise<void>
}

interface Told {
  /** Resolves with the name of the signal. */
  readonly stop: Promise<string>
  /** Whom the other signals are for, from now on. */
  act(reloads: Reloads): void
}

function hearSignals(): Told {
  const { promise: stop, resolve } = Promise.withResolvers<string>()
  let reloads: Reloads | null = null
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => resolve(signal))
    process.once(signal, () => process.on(signal, () => process.exit(1)))
  }
  process.on('SIGUSR1', () => void reloads?.reloadSchema())
  process.on('SIGUSR2', () => void reloads?.reloadConfig())
  return {
    stop,
    act(given) {
      reloads = given
    },
  }
}
