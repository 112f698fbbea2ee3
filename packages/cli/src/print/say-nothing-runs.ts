// What a command says that asks the running stack, where there is none.

/** On standard error; the command exits with 1. */
export function sayNothingRuns(projectDir: string): void {
  console.error(`Nothing runs for ${projectDir}. Start it with: tenon start`)
  process.exitCode = 1
}
