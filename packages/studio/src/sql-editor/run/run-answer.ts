// What the server answers to a run, as `docs/platform-api.md` has it.

export interface RunAnswer {
  readonly outcome: 'committed' | 'rolled-back' | 'as-written'
  readonly leftOpen: boolean
  readonly results: readonly StatementResult[]
  readonly error: StatementError | null
  readonly milliseconds: number
}

export interface Notice {
  readonly severity: string
  readonly message: string
  readonly detail: string | null
  readonly hint: string | null
}

export interface StatementResult {
  readonly statement: number
  readonly line: number
  readonly text: string
  readonly tag: string | null
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly more: boolean
  readonly plan: unknown
  readonly notices: readonly Notice[]
  readonly milliseconds: number
}

export interface Column {
  readonly name: string
  readonly type: string
}

/** Values as Postgres prints them. */
export type Row = readonly (string | null)[]

export interface StatementError {
  readonly statement: number | null
  readonly sqlstate: string
  readonly message: string
  readonly detail: string | null
  readonly hint: string | null
  readonly position: { readonly offset: number; readonly line: number; readonly column: number } | null
  readonly context: string | null
  readonly notices: readonly Notice[]
  readonly cancelled: boolean
}
