// The command line of `tenon rest`, which is PostgREST's.

import { parseArgs } from 'node:util'

export type Task = 'run' | 'dump-config' | 'dump-schema' | 'ready' | 'version' | 'example' | 'help'

export interface CommandLine {
  readonly task: Task
  /** Path of the configuration file; null for none. */
  readonly file: string | null
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  example: { type: 'boolean', short: 'e' },
  'dump-config': { type: 'boolean' },
  'dump-schema': { type: 'boolean' },
  ready: { type: 'boolean' },
} as const

/** Throws TypeError for an option nobody knows, for two tasks at once and for two files. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  for (const told of ['help', 'version', 'example'] as const)
    if (values[told] === true) return { task: told, file: null }
  const tasks = (['dump-config', 'dump-schema', 'ready'] as const).filter((task) => values[task] === true)
  const [task = 'run', second] = tasks
  if (second !== undefined) throw new TypeError(`--${task} and --${second} cannot be asked for together`)
  const [file = null, more] = positionals
  if (more !== undefined) throw new TypeError(`Only one configuration file can be read; what is ${more}?`)
  return { task, file }
}

/** Ends without a line end. */
export const help = `Usage: tenon rest [-v|--version] [-e|--example] [--dump-config | --dump-schema | --ready] [FILENAME]

  The REST door alone, in front of a Postgres database, configured as PostgREST is

Available options:
  -h,--help                Show this help text
  -v,--version             Show the version of PostgREST that is followed
  -e,--example             Show an example configuration file
  --dump-config            Dump loaded configuration and exit
  --dump-schema            Dump loaded schema as JSON and exit (for debugging, output structure is unstable)
  --ready                  Check the health of a running door by a request to the admin server's /ready
  FILENAME                 Path to configuration file`
