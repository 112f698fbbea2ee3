// What a run of vitest came to, as its reporter leaves it behind for whoever started the run.

/** The environment variable that names the file where the outcome is left. */
export const OUTCOME_FILE = 'TENON_TEST_OUTCOME'

/** What one file of tests came to. */
export interface FileOutcome {
  /** Path from the root of the repository. */
  file: string
  /** Name of the vitest project. */
  project: string
  passed: number
  /** What failed: a test, the file as a whole, or something that no test waited for, each with the first message. */
  failures: { name: string; message: string }[]
}

/** What a whole run came to. */
export interface Outcome {
  files: FileOutcome[]
  /** How many errors belonged to no file. */
  strayErrors: number
}
