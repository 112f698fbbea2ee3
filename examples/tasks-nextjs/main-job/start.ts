// `npm start`: the stack with this project, and the main job as it happens, printed once everything answers.
// Takes the flags of `tenon start`.

import { fileURLToPath } from 'node:url'

import { main } from '@tenon/cli'

import { printProof } from './print-proof.ts'
import { proveMainJob } from './prove-main-job.ts'

const project = fileURLToPath(new URL('..', import.meta.url))

await main(['start', '--project', project, ...process.argv.slice(2)], async ({ lines }) => {
  console.log('\nThe main job, through @clerk/backend and @supabase/supabase-js:\n')
  const rows = await proveMainJob(lines)
  console.log(printProof(rows))
  if (rows.some((row) => !row.asPromised)) {
    console.error('\nSomething above is not as promised.')
    process.exitCode = 1
  }
})
