// The statements that make, change and drop a trigger.

import { identifier, join, literal, qualified, type Sql, sql } from '../../../../database/sql.ts'
import { asWritten } from '../../../database/sql/as-written.ts'
import { bracketed } from '../../../database/sql/expression.ts'
import type { TriggerChange, TriggerInput } from '../trigger-input.ts'

export interface TriggerNamed {
  readonly schema: string
  readonly table: string
  readonly name: string
}

/** CREATE TRIGGER. Refuses `platform.expression-invalid`. */
export function createTrigger(wanted: TriggerInput): Sql {
  const { timing, orientation, when } = wanted
  const given = join(wanted.arguments.map(literal), sql`, `)
  const lines = [
    sql`create trigger ${identifier(wanted.name)}`,
    sql`${asWritten(timing)} ${eventsText(wanted)} on ${table(wanted)}`,
    sql`for each ${asWritten(orientation)}`,
    ...(when === null || when === '' ? [] : [sql`when ${bracketed('The condition', when)}`]),
    sql`execute function ${qualified(wanted.function)}(${given})`,
  ]
  return join(lines, sql`\n  `)
}

function eventsText({ events, columns }: TriggerInput): Sql {
  const narrowed = sql`update of ${join(columns.map(identifier), sql`, `)}`
  return join(
    events.map((event) => (event === 'update' && columns.length > 0 ? narrowed : asWritten(event))),
    sql` or `,
  )
}

const enabling = {
  origin: sql`enable trigger`,
  replica: sql`enable replica trigger`,
  always: sql`enable always trigger`,
  disabled: sql`disable trigger`,
} as const

/** In the order in which they are run. */
export function changeTrigger(present: TriggerNamed, { enabled, name }: TriggerChange): readonly Sql[] {
  const trigger = identifier(present.name)
  return [
    ...(enabled === undefined ? [] : [sql`alter table ${table(present)} ${enabling[enabled]} ${trigger}`]),
    ...(name === undefined || name === present.name
      ? []
      : [sql`alter trigger ${trigger} on ${table(present)} rename to ${identifier(name)}`]),
  ]
}

/** DROP TRIGGER. */
export function dropTrigger(present: TriggerNamed): Sql {
  return sql`drop trigger ${identifier(present.name)} on ${table(present)}`
}

function table({ schema, table: name }: Omit<TriggerNamed, 'name'>): Sql {
  return qualified({ schema, name })
}
