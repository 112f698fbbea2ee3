// `npm start`: the stack with this project, and the main job as it happens, printed once everything answers.

import { start } from '@tenon/cli'

import { printProof } from './print-proof.ts'
import { proveMainJob } from './prove-main-job.ts'

await start({ project: new URL('..', import.meta.url).pathname }, async ({ lines }) => {
  console.log('\nThe main job, through @clerk/backend and @supabase/supabase-js:\n')
  const rows = await proveMainJob(lines)
  console.log(printProof(rows))
  if (rows.some((row) => !row.asPromised)) {
    console.error('\nSomething above is not as promised.')
    process.exitCode = 1
  }
})
