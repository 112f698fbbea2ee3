// The ceiling: Postgres' own load generator sends the same two statements in a pipeline, without HTTP and Node.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { READ, SET } from './workload.ts'

const run = promisify(execFile)
const TPS = /^tps = ([\d.]+)/m

/** Whether there is a pgbench on this machine's path. */
export async function hasPgbench(): Promise<boolean> {
  return await run('pgbench', ['--version']).then(
    () => true,
    () => false,
  )
}

/** Transactions per second over `connections` connections. Throws with pgbench's own words where it fails. */
export async function runPgbench(databaseUrl: string, connections: number, seconds: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pgbench-'))
  const script = join(folder, 'rest-read.sql')
  try {
    await writeFile(script, SCRIPT)
    const counts = ['-c', String(connections), '-T', String(seconds)]
    const variables = VARIABLES.flatMap(([name, value]) => ['-D', `${name}=${value}`])
    const { stdout } = await run('pgbench', [
      '-n',
      '-M',
      'prepared',
      ...counts,
      ...variables,
      '-f',
      script,
      databaseUrl,
    ])
    return Number(TPS.exec(stdout)?.[1])
  } finally {
    await rm(folder, { recursive: true })
  }
}

const VARIABLES: readonly (readonly [name: string, value: string])[] = [
  ...SET.values.map((value, at) => [`set_${at + 1}`, value] as const),
  ...READ.values.map((value, at) => [`read_${at + 1}`, value] as const),
]

const SCRIPT = String.raw`\startpipeline
${inline(SET.text, 'set')};
${inline(READ.text, 'read')};
\endpipeline
`

function inline(text: string, prefix: string): string {
  return text.replaceAll(/\$(\d+)/g, `:${prefix}_$1`)
}
