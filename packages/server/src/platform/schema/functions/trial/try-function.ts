// Calling a function to see what it answers. Whatever it changes is undone.

import { z } from 'zod'

import { sql } from '../../../../database/sql.ts'
import type { PlatformDatabase, PlatformSession } from '../../../database/platform-database.ts'
import { runAs } from '../../../request/run-as.ts'
import { type FunctionShown, readFunction } from '../read-functions.ts'
import { callFunction, type GivenArgument } from './sql/call-function.ts'

/** `POST /functions/:oid/try`: by the names of the arguments, or `$1` and so on where they have none. */
export const trialWish = z.object({
  arguments: z.record(z.string(), z.string().nullable()).default({}),
  as: runAs,
})

type TrialWish = z.infer<typeof trialWish>

interface Trial {
  readonly columns: readonly string[]
  /** Every value as Postgres prints it. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** There are more rows than these. */
  readonly more: boolean
}

const MOST = 100

/** Refuses `platform.object-unknown`, and whatever the function or the role's rights refuse (`postgres.*`). */
export async function tryFunction(database: PlatformDatabase, oid: number, wish: TrialWish): Promise<Trial> {
  const called = await database.transaction(null, async (session) => await readFunction(session, oid))
  const given = givenArguments(called, wish)
  const text = callFunction(called, given, MOST + 1)
  const { columns, rows } = await undone(database, wish, async (session) => {
    await session.rows(sql`set local statement_timeout to '10s'`)
    const values = given.map(({ value }) => value)
    return await session.cells(text, values)
  })
  return { columns: columns.map(({ name }) => name), rows: rows.slice(0, MOST), more: rows.length > MOST }
}

function givenArguments(called: FunctionShown, wish: TrialWish): (GivenArgument & { readonly value: string | null })[] {
  return called.arguments
    .filter(({ mode }) => mode !== 'out' && mode !== 'table')
    .flatMap(({ name, type, mode }, index) => {
      const value = wish.arguments[name === '' ? `$${index + 1}` : name]
      return value === undefined ? [] : [{ place: index, name, type, variadic: mode === 'variadic', value }]
    })
}

/** A transaction ends well only by being kept; this one is given up once it has answered. */
async function undone<Result>(
  database: PlatformDatabase,
  { as }: TrialWish,
  work: (session: PlatformSession) => Promise<Result>,
): Promise<Result> {
  const answered = new Error('the trial is over')
  const answer: Result[] = []
  try {
    await database.transaction(as, async (session) => {
      answer.push(await work(session))
      throw answered
    })
  } catch (thrown) {
    if (thrown !== answered) throw thrown
  }
  return answer[0] as Result
}
