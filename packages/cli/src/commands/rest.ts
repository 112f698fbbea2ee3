// `tenon rest`: the REST door alone, where a `postgrest` binary could stand.

import { runRestAlone } from 'tenon'

/** Runs PostgREST's command line and ends the process with its exit code. */
export async function rest(args: readonly string[]): Promise<never> {
  process.exit(await runRestAlone(args))
}
