// `tenon gen types`: the database's shape as TypeScript, on standard output.

import { generateTypes, stateDirOf } from 'tenon'

import { sayNothingRuns } from '../print/say-nothing-runs.ts'
import { findProject } from '../project.ts'

interface GenTypesFlags {
  readonly project?: string
  readonly lang?: string
  readonly schema?: readonly string[]
}

/** Prints the file; says so and exits with 1 where nothing runs, or for another language. */
export async function genTypes(language: string | undefined, flags: GenTypesFlags): Promise<void> {
  const wanted = language ?? flags.lang ?? 'typescript'
  if (wanted !== 'typescript') return fail(`There are types for typescript, not for ${wanted}.`)
  const projectDir = findProject(flags.project, process.cwd())
  const types = await generateTypes(stateDirOf(projectDir), flags.schema ?? [])
  if (types === null) return sayNothingRuns(projectDir)
  process.stdout.write(types)
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
