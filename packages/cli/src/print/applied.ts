// Names the files that were applied to a database.

interface AppliedMigration {
  readonly version: string
  readonly name: string
}

/** One line a file. */
export function printApplied(migrations: readonly AppliedMigration[], seeds: readonly string[]): void {
  for (const { version, name } of migrations) console.log(`Applied migration ${version}_${name}`)
  for (const seed of seeds) console.log(`Applied seed ${seed}`)
}
