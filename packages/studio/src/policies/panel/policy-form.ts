// What is being written in the panel of a policy, and what is wrong with it before the server is asked.

import { type Command, type Policy, type PolicyFields, takes } from '../protected-table.ts'

/** The fields as they are typed; both expressions are kept while the command changes. */
export interface PolicyDraft {
  readonly table: string
  readonly name: string
  readonly behaviour: PolicyFields['behaviour']
  readonly command: Command
  readonly roles: readonly string[]
  readonly using: string
  readonly check: string
}

/** A draft of nothing yet, or of a policy that is there. */
export function draftOf(table: string, policy: PolicyFields | null): PolicyDraft {
  return {
    table,
    name: policy?.name ?? '',
    behaviour: policy?.behaviour ?? 'permissive',
    command: policy?.command ?? 'SELECT',
    roles: (policy?.roles ?? []).filter((role) => role !== 'public'),
    using: policy?.using ?? '',
    check: policy?.check ?? '',
  }
}

/** As the server takes it: the expressions that the command takes and that are not empty. */
export function fieldsOf(draft: PolicyDraft): PolicyFields {
  const { using, check } = takes(draft.command)
  return {
    name: draft.name.trim(),
    behaviour: draft.behaviour,
    command: draft.command,
    roles: draft.roles,
    using: using && draft.using.trim() !== '' ? draft.using : null,
    check: check && draft.check.trim() !== '' ? draft.check : null,
  }
}

export type Problems = Partial<Record<'table' | 'name' | 'using' | 'check', string>>

/** What the form says at its fields; nothing where it may be sent. */
export function problemsOf(draft: PolicyDraft, before: Policy | null, siblings: readonly Policy[]): Problems {
  const { name, using, check } = fieldsOf(draft)
  const taken = siblings.some((policy) => policy.name === name && policy.name !== before?.name)
  return {
    ...(draft.table === '' && { table: 'Choose a table.' }),
    ...(name === '' && { name: 'Give the policy a name.' }),
    ...(taken && { name: `${draft.table} has a policy of this name.` }),
    ...(using === null && check === null && missingExpression(draft.command)),
  }
}

function missingExpression(command: Command): Problems {
  if (command === 'INSERT') return { check: 'Write an expression that new rows must pass.' }
  return { using: 'Write an expression that says which rows it is about.' }
}
