// Migrations as the server shows them.

export interface Migration {
  readonly version: string
  readonly name: string
  readonly file: string | null
  readonly state: 'applied' | 'pending' | 'file-missing'
  readonly problem: string | null
}

export interface MigrationText extends Migration {
  readonly text: string | null
  readonly statements: readonly string[] | null
}

export interface MigrationListing {
  readonly migrations: readonly Migration[]
  readonly warnings: readonly string[]
}

/** `2026-01-31 23:59:59`, or the digits where they are no time. */
export function timeOf(version: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(version)
  if (parts === null) return version
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`
}
