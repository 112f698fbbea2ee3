// Triggers as the server shows them, and the form of a new one.

export const events = ['insert', 'update', 'delete', 'truncate'] as const
export type TriggerEvent = (typeof events)[number]

export interface Trigger {
  readonly oid: number
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly function: { readonly schema: string; readonly name: string }
  readonly timing: 'before' | 'after' | 'instead of'
  readonly events: readonly TriggerEvent[]
  readonly columns: readonly string[]
  readonly orientation: 'row' | 'statement'
  readonly when: string | null
  readonly enabled: 'origin' | 'replica' | 'always' | 'disabled'
  readonly definition: string
}

export interface TriggerForm {
  readonly name: string
  readonly table: string
  /** The function's place in the list that was offered, as text. */
  readonly runs: string
  readonly timing: Trigger['timing']
  readonly events: readonly TriggerEvent[]
  readonly columns: readonly string[]
  readonly orientation: Trigger['orientation']
  readonly when: string
}

export interface TriggerProblems {
  readonly name?: string
  readonly table?: string
  readonly runs?: string
  readonly events?: string
}

export const emptyTrigger: TriggerForm = {
  name: '',
  table: '',
  runs: '',
  timing: 'before',
  events: [],
  columns: [],
  orientation: 'row',
  when: '',
}

/** Null where the server may be asked. */
export function problemsOf({ name, table, runs, events: chosen }: TriggerForm): TriggerProblems | null {
  const problems = {
    ...(name.trim() === '' && { name: 'Give the trigger a name' }),
    ...(table === '' && { table: 'Choose the table that it watches' }),
    ...(runs === '' && { runs: 'Choose the function that it runs' }),
    ...(chosen.length === 0 && { events: 'Choose at least one event' }),
  }
  return Object.keys(problems).length === 0 ? null : problems
}

/** What `POST /triggers` takes. */
export function creationOf(form: TriggerForm, schema: string, runs: Trigger['function'] | undefined): object {
  return {
    schema,
    table: form.table,
    name: form.name.trim(),
    function: runs,
    timing: form.timing,
    events: form.events,
    columns: form.events.includes('update') ? form.columns : [],
    orientation: form.orientation,
    when: form.when.trim() === '' ? null : form.when,
  }
}
