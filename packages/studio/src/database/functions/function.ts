// Functions as the server shows them.

export interface FunctionArgument {
  readonly name: string
  readonly type: string
  readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table'
  readonly default: string | null
}

export interface DatabaseFunction {
  readonly oid: number
  readonly version: string
  readonly schema: string
  readonly name: string
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window'
  readonly language: string
  readonly behaviour: 'immutable' | 'stable' | 'volatile'
  readonly security: 'invoker' | 'definer'
  readonly returns: string | null
  readonly identity: string
  readonly arguments: readonly FunctionArgument[]
  readonly definition: string | null
  readonly configuration: readonly { readonly name: string; readonly value: string }[]
  readonly comment: string
  readonly extension: string | null
  readonly policies: readonly { readonly schema: string; readonly table: string; readonly policy: string }[]
}

/** What one gives it, as a list reads it: `id bigint, title text = 'x'`. */
export function argumentsText({ arguments: all }: DatabaseFunction): string {
  return all
    .filter(({ mode }) => mode !== 'table' && mode !== 'out')
    .map(({ name, type, default: preset }) =>
      [name, type, ...(preset === null ? [] : [`= ${preset}`])].filter((part) => part !== '').join(' '),
    )
    .join(', ')
}

/** Whether its text can be written anew: extensions keep theirs, and C has none. */
export function isEditable({ definition, kind, extension }: DatabaseFunction): boolean {
  return definition !== null && extension === null && (kind === 'function' || kind === 'procedure')
}

/** Whether it can be called by itself, unlike what a trigger or an aggregate runs. */
export function isCallable({ kind, returns }: DatabaseFunction): boolean {
  return kind === 'function' && returns !== 'trigger' && returns !== 'event_trigger'
}
