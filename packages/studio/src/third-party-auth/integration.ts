// An integration as the server describes it.

export type IntegrationType = 'clerk' | 'firebase' | 'auth0' | 'aws_cognito' | 'workos' | 'custom'

export interface Integration {
  readonly id: string
  /** Of its table in the configuration. */
  readonly name: string
  readonly type: IntegrationType
  readonly issuer: string | null
  readonly keysFrom: 'discovery' | 'jwks-url' | 'file' | 'this-machine'
  readonly settings: Readonly<Record<string, unknown>>
  readonly allowedRoles: readonly string[]
  readonly defaultRole: string | null
  readonly builtIn: { readonly instance: string; readonly connected: boolean; readonly inFile: boolean } | null
  readonly check: {
    readonly state: 'ok' | 'unreachable' | 'bad' | 'waiting'
    readonly url: string | null
    readonly lastSuccess: string | null
    readonly lastAttempt: string | null
    readonly error: string | null
  }
  readonly keys: readonly {
    readonly kid: string | null
    readonly algorithms: readonly string[]
    readonly firstSeen: string
  }[]
  readonly tokens: {
    readonly lastSeen: string | null
    readonly accepted: number
    readonly withoutRole: number
    readonly refused: readonly { readonly code: string; readonly reason: string; readonly count: number }[]
  }
  readonly monthlyActiveUsers: number
}
