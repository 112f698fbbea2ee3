// `npm run example`: the tutorial's app beside the stack that `npm start` runs in another terminal, or, with
// `-- --project <folder>`, beside that of another project.

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

import { main } from '@tenon/cli'

const app = join(import.meta.dirname, '..', 'examples', 'tasks-nextjs')
const { PORT = '3000', NODE_OPTIONS = '' } = process.env
const guard = pathToFileURL(join(import.meta.dirname, 'this-machine-only.ts')).href

const { project = app } = parseArgs({ options: { project: { type: 'string' } } }).values

await main(['env', '--project', project, '--write', join(app, '.env.local')])
if (process.exitCode === undefined) serve()
else if (project === app) console.error('In this repository that is: npm start, in another terminal.')

/** Runs Next's development server, kept on this machine, until it ends. Ctrl+C reaches it by itself; other signals are passed on. */
function serve(): void {
  const command = createRequire(join(app, 'package.json')).resolve('next/dist/bin/next')
  const next = spawn(process.execPath, [command, 'dev', '-H', 'localhost', '-p', PORT], {
    cwd: app,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_OPTIONS: `${NODE_OPTIONS} --import=${guard}` },
  })
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => next.kill(signal))
  next.once('exit', (code) => {
    process.exitCode = code ?? 0
  })
}
