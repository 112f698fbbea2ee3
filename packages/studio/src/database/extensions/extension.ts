// An extension as the server shows it.

export interface Extension {
  readonly name: string
  readonly version: string | null
  readonly installed: string | null
  readonly schema: string | null
  readonly fixedSchema: string | null
  readonly comment: string
  readonly requires: readonly string[]
  readonly available: boolean
  readonly reason: string | null
}
