// What explaining a token gives: plain JSON for the platform's endpoint, Studio and the CLI.

export interface ExplainedCheck {
  readonly check: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly saw: string | null
  readonly expected: string | null
}

/** The first thing that is wrong. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly fix: string | null
}

/** What SQL would see: the role, and every setting a policy can read. */
export interface SeenByPostgres {
  readonly role: string
  readonly settings: readonly { readonly name: string; readonly value: string }[]
}

export interface Explanation {
  readonly kind: 'token' | 'publishable-key' | 'secret-key' | 'unknown-key'
  readonly accepted: boolean
  readonly header: Readonly<Record<string, unknown>> | null
  /** Decoded, not necessarily true: believe them only where `accepted`. */
  readonly claims: Readonly<Record<string, unknown>> | null
  /** The issuer whose keys were used; null for the project's own. */
  readonly issuer: string | null
  readonly checks: readonly ExplainedCheck[]
  /** Null where the token is refused. */
  readonly postgres: SeenByPostgres | null
  readonly problem: Problem | null
  /** Things that are allowed and still surprise people. */
  readonly hints: readonly string[]
}
