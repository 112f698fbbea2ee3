// The `tenon` command: which subcommands there are and which flags they take. What they do is in commands/.

import { Command, InvalidArgumentError, Option } from 'commander'
import { ownVersion } from 'tenon'

import { backfillMirror } from './commands/clerk-backfill.ts'
import { migrateDatabase } from './commands/db-migrate.ts'
import { queryDatabase } from './commands/db-query.ts'
import { resetProjectDatabase } from './commands/db-reset.ts'
import { type DoctorFlags, examineStorage } from './commands/doctor-storage.ts'
import { env } from './commands/env.ts'
import { genTypes } from './commands/gen-types.ts'
import { rest } from './commands/rest.ts'
import { seedBuckets } from './commands/seed-buckets.ts'
import { start, type StartFlags, type WhenReady } from './commands/start.ts'
import { status, type StatusFlags } from './commands/status.ts'
import { stop } from './commands/stop.ts'
import { studio } from './commands/studio.ts'
import { printFailure } from './print/failure.ts'

/** Runs one command line; sets the exit code and never throws. `whenReady` follows a `start` that answers. */
export async function main(args: readonly string[], whenReady?: WhenReady): Promise<void> {
  try {
    await program(whenReady).parseAsync([...args], { from: 'user' })
  } catch (error) {
    printFailure(error)
    process.exitCode = 1
  }
}

function program(whenReady?: WhenReady): Command {
  const tenon = new Command('tenon')
    .description('People who sign in with Clerk, rows in Postgres, one process.')
    .version(ownVersion(), '-v, --version', 'print the version')
    // What follows the name of a command is the command's: `rest --version` is PostgREST's.
    .enablePositionalOptions()
    .showSuggestionAfterError()
  startCommand(tenon, whenReady)
  withProject(tenon.command('stop').description('Stop the stack of this project.')).action(stop)
  withProject(tenon.command('status').description('Print the addresses and keys of the running stack.'))
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['pretty', 'env', 'json']).default('pretty'))
    .option('--instance <name>', 'print the variables of this Clerk instance')
    .action(async (flags: StatusFlags) => await status(flags))
  withProject(tenon.command('studio').description('Print a link into Studio that signs in once.'))
    .option('--open', 'open it in the browser, too')
    .action(studio)
  withProject(tenon.command('env').description('Print the running stack’s variables as a Next.js app reads them.'))
    .option('--write [file]', 'keep them in a marked block of this file (.env.local beside supabase/)')
    .action(env)
  restCommand(tenon.command('rest'))
  withProject(
    tenon
      .command('clerk')
      .description('What this project has of Clerk’s.')
      .command('backfill')
      .description('Bring the mirror of people and organisations up to date.'),
  ).action(backfillMirror)
  withProject(
    tenon
      .command('gen')
      .description('Generate files from this project.')
      .command('types')
      .description('Print the database’s types for createClient<Database>.')
      .argument('[language]', 'typescript'),
  )
    .option('--lang <language>', 'typescript')
    .option('-s, --schema <names>', 'schemas to include, by commas or repeated; the exposed ones by default', names)
    .option('--local', 'of the running stack, as always')
    .action(genTypes)
  doctorCommands(tenon.command('doctor').description('Look whether all is well, and repair it.'))
  seedCommands(tenon.command('seed').description('Fill this project with what its files hold.'))
  databaseCommands(tenon.command('db').description('The database of this project.'))
  return tenon
}

function startCommand(tenon: Command, whenReady?: WhenReady): void {
  withProject(tenon.command('start').description('Start the stack of this project and serve until Ctrl+C.'))
    .option('--database-url <url>', 'use this Postgres (15 to 18) instead of the embedded one')
    .option('--host <address>', 'address the API listens on')
    .option('--api-port <port>', 'port of the API', port)
    .option('--db-port <port>', 'port of the embedded Postgres', port)
    .option('--mailbox-port <port>', 'port of the development mailbox', port)
    .option('--clerk-port <port>', 'port of the Clerk-compatible instance', port)
    .option('--studio-port <port>', 'port of Studio, the dashboard', port)
    .action(async (flags: StartFlags) => await start(flags, whenReady))
}

/** The arguments are PostgREST's, and read where the door is. */
function restCommand(command: Command): void {
  command
    .description('Serve REST alone in front of a Postgres, configured as PostgREST is.')
    .argument('[arguments...]', 'a configuration file and PostgREST’s options; see rest --help')
    .helpOption(false)
    .allowUnknownOption()
    .action(rest)
}

function databaseCommands(db: Command): void {
  withProject(db.command('reset').description('Empty the database, then apply the migrations and the seed again.'))
    .option('--no-seed', 'leave the seed out')
    .option('--people', 'also empty the built-in Clerk instance and apply its seed again')
    .option('--force', 'also empty a Postgres that is not the embedded one')
    .option('--database-url <url>', 'the Postgres to reset, where it is not that of the running stack')
    .action(resetProjectDatabase)
  withProject(db.command('migrate').description('Apply the migrations that are pending.'))
    .option('--database-url <url>', 'the Postgres to migrate, where it is not that of the running stack')
    .action(migrateDatabase)
  withProject(db.command('query').description('Run SQL as role postgres and print the rows.'))
    .argument('[sql]', 'the statement; read from standard input where it is left out')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['table', 'json', 'csv']).default('table'))
    .option('--database-url <url>', 'the Postgres to ask, where it is not that of the running stack')
    .action(queryDatabase)
}

function doctorCommands(doctor: Command): void {
  withProject(doctor.command('storage').description('Compare the objects of Storage with their bytes.'))
    .option('--deep', 'read all bytes, too, and compare what they are')
    .option(
      '--repair',
      'remove rows without bytes and bytes without a row, and correct what rows say of whole bytes; damaged ones stay',
    )
    .option('--age <seconds>', 'bytes without a row count as forgotten after so long; 0 where no server runs', seconds)
    .option('--database-url <url>', 'the Postgres to ask, where it is not that of the running stack')
    .action(async (flags: DoctorFlags) => await examineStorage(flags))
}

function seedCommands(seed: Command): void {
  withProject(seed.command('buckets').description('Make the buckets of config.toml, with the files of their folders.'))
    .option('--database-url <url>', 'the project’s Postgres, where it is not that of the running stack')
    .option('--local', 'of the running stack, as always')
    .action(seedBuckets)
}

function withProject(command: Command): Command {
  return command.option('--project <folder>', 'folder that holds supabase/')
}

function names(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').filter((name) => name !== '')]
}

function seconds(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Seconds are a whole number from 0.')
  return value
}

function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 1 to 65535.')
  return value
}
