// Runs the REST door alone as a process: PostgREST's command line and its PGRST_* variables.

import { runRestAlone } from './run-rest-alone.ts'

process.exit(await runRestAlone(process.argv.slice(2)))
