// Runs the tests. A run of all of them gives the files that failed a second try; with arguments, which go to vitest,
// everything runs once, since whoever names a file wants to see it fail.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Outcome, OUTCOME_FILE } from './outcome.ts'
import { closingLines, filesToTryAgain, isWell, withSecondTry } from './second-try.ts'

interface Run {
  exitCode: number
  outcome: Outcome
}

/** Runs vitest once; what it prints is shown as it comes. */
async function runOnce(args: string[], outcomeFile: string): Promise<Run> {
  const vitest = spawn('vitest', ['run', ...args], {
    stdio: 'inherit',
    env: { ...process.env, [OUTCOME_FILE]: outcomeFile },
  })
  const [exitCode] = (await once(vitest, 'exit')) as [number | null]
  return { exitCode: exitCode ?? 1, outcome: await readOutcome(outcomeFile) }
}

/** What the run left behind; one that was ended or could not begin left nothing, which counts as an error. */
async function readOutcome(outcomeFile: string): Promise<Outcome> {
  const left = await readFile(outcomeFile, 'utf8').catch(() => null)
  await rm(outcomeFile, { force: true })
  return left === null ? { files: [], strayErrors: 1 } : JSON.parse(left)
}

/** A run whose servers for all files did not start has run none, and is begun anew, once. */
async function runBegun(args: string[], outcomeFile: string): Promise<Run> {
  const run = await runOnce(args, outcomeFile)
  if (args.length > 0 || run.outcome.files.length > 0 || run.outcome.strayErrors > 0) return run
  process.stdout.write('\nNo test has run: all of them from the start, a second time.\n')
  return await runOnce(args, outcomeFile)
}

async function runAll(args: string[], outcomeFile: string): Promise<number> {
  const first = await runBegun(args, outcomeFile)
  const again = args.length > 0 ? [] : filesToTryAgain(first.outcome)
  if (again.length === 0) {
    process.stdout.write(closingLines(first.outcome, first.outcome))
    return first.exitCode
  }
  process.stdout.write(`\nA second try, each file whole: ${again.join(', ')}\n`)
  const second = await runOnce(again, outcomeFile)
  const last = withSecondTry(first.outcome, second.outcome)
  process.stdout.write(closingLines(first.outcome, last))
  return isWell(last) ? second.exitCode : 1
}

const folder = await mkdtemp(join(tmpdir(), 'tenon-tests-'))
try {
  process.exitCode = await runAll(process.argv.slice(2), join(folder, 'outcome.json'))
} finally {
  await rm(folder, { recursive: true, force: true })
}
