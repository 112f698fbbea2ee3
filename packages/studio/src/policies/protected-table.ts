// Tables and policies as `GET /platform/v1/policies` tells of them.

export const commands = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'ALL'] as const
export type Command = (typeof commands)[number]
export type Behaviour = 'permissive' | 'restrictive'

/** What a form of a policy holds; expressions as SQL. */
export interface PolicyFields {
  readonly name: string
  readonly behaviour: Behaviour
  readonly command: Command
  readonly roles: readonly string[]
  readonly using: string | null
  readonly check: string | null
}

export interface Policy extends PolicyFields {
  readonly comment: string | null
}

export interface Finding {
  readonly name: string
  readonly level: 'error' | 'warning' | 'info'
  readonly policy: string | null
  readonly message: string
  readonly fix: string
}

export interface Column {
  readonly name: string
  readonly type: string
}

export interface ProtectedTable {
  readonly schema: string
  readonly table: string
  readonly rowSecurity: { readonly enabled: boolean; readonly forced: boolean }
  readonly columns: readonly Column[]
  readonly policies: readonly Policy[]
  readonly findings: readonly Finding[]
}

/** Which expressions a command takes: SELECT and DELETE look at rows that are there, INSERT at those to come. */
export function takes(command: Command): { readonly using: boolean; readonly check: boolean } {
  return { using: command !== 'INSERT', check: command !== 'SELECT' && command !== 'DELETE' }
}
