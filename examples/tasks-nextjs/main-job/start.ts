// `npm start`: the stack with this project, and the main job as it happens, printed once everything answers.
// Takes the flags of `tenon start`; another project is served without the main job where that has no tables or no Clerk there.

import { fileURLToPath } from 'node:url'

import { main } from '@tenon/cli'

import { printProof } from './print-proof.ts'
import { proveMainJob } from './prove-main-job.ts'
import { whyNotHere } from './why-not-here.ts'

const project = fileURLToPath(new URL('..', import.meta.url))

await main(['start', '--project', project, ...process.argv.slice(2)], async ({ lines }) => {
  const why = await whyNotHere(lines)
  if (why !== null) return console.log(`\n${why}`)
  console.log('\nThe main job, through @clerk/backend and @supabase/supabase-js:\n')
  const rows = await proveMainJob(lines)
  console.log(printProof(rows))
  if (rows.some((row) => !row.asPromised)) {
    console.error('\nSomething above is not as promised.')
    process.exitCode = 1
  }
})
