// Refusals of bringing a database to the state a project's SQL files describe: told to whoever runs the command.

export interface MigrationRefusals {
  /** A file's statement was refused by Postgres. The line counts from 1; nothing of the file was kept. */
  'migration.failed': {
    readonly path: string
    readonly line: number
    readonly statement: string
    readonly message: string
    readonly sqlstate: string | null
    readonly hint: string | null
    /** False where the file asked to run without a transaction, so that its earlier statements stand. */
    readonly rolledBack: boolean
  }
  /** A file could not be split into statements. */
  'migration.unreadable': { readonly path: string; readonly line: number; readonly problem: string }
  /** Two files claim one version. */
  'migration.duplicate-version': { readonly version: string; readonly paths: readonly string[] }
}
