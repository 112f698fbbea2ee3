// The rows that only Postgres can hold against a filter: all of a batch in one round trip a role.

import type { Database } from '../../../../database/statement.ts'
import { isRefusal, type Refusal } from '../../../../refusal/refusal.ts'
import type { Filter } from '../filter/compile/compile-filter.ts'
import { isPattern } from '../filter/parse/condition.ts'
import { askFilterStatement, readAsked } from '../filter/sql/ask-filter.ts'
import type { CellOf } from './row-cells.ts'

/** Collects questions while a batch is walked through, and asks them at its end. */
export interface Questions {
  /** Whether the row matches, once `ask` has resolved. */
  put(filter: Filter, role: string, cellOf: CellOf): Answer
  ask(): Promise<void>
}

export interface Answer {
  matches: boolean
  /** Postgres took too long: whoever wrote the filter cannot be told of such rows. */
  isGivenUp: boolean
}

/** Milliseconds for all rows of one filter, at first and before it is given up: everybody's changes wait meanwhile. */
export interface Patience {
  readonly first: number
  /** A machine that was busy for a moment is no reason to end a channel. */
  readonly last: number
}

const PATIENCE: Patience = { first: 300, last: 2000 }
/** Filters that may take longer before the others that only Postgres can decide are given up with them. */
const MOST_OVERDUE = 3
/**
 * Characters of a pattern times those of a text: LIKE may compare as often, and no time-out reaches into it. A fraction
 * of a second.
 */
const MOST_STEPS = 10_000_000
/** SQLSTATE of a statement that took too long. */
const CANCELLED = '57014'

interface Question {
  readonly filter: Filter
  readonly rows: (readonly (string | null)[])[]
  readonly answers: Answer[]
}

/** `report` hears of a filter that Postgres had accepted and now refuses; such rows match nothing. */
export function createQuestions(database: Database, report: (error: unknown) => void, patience = PATIENCE): Questions {
  const roles = new Map<string, Map<Filter, Question>>()
  return {
    put(filter, role, cellOf) {
      if (isTooLong(filter, cellOf)) return { matches: false, isGivenUp: true }
      const questions = roles.get(role) ?? new Map<Filter, Question>()
      roles.set(role, questions)
      const question = questions.get(filter) ?? { filter, rows: [], answers: [] }
      questions.set(filter, question)
      question.rows.push(filter.conditions.map(({ type }) => cellOf(type.column) ?? null))
      const answer = { matches: false, isGivenUp: false }
      question.answers.push(answer)
      return answer
    },
    async ask() {
      await Promise.all(
        [...roles].map(
          async ([role, questions]) => await askAll({ database, role, report, patience }, [...questions.values()]),
        ),
      )
    },
  }
}

interface Asking {
  readonly database: Database
  readonly role: string
  readonly report: (error: unknown) => void
  readonly patience: Patience
}

async function askAll(asking: Asking, questions: readonly Question[]): Promise<void> {
  try {
    await askTogether(asking, questions, asking.patience.first)
  } catch (error) {
    // What cannot be reached is asked again with the whole batch; what is refused would be refused again.
    if (!isRefused(error)) throw error
    await askOneByOne(asking, questions)
  }
}

async function askTogether(
  { database, role }: Asking,
  questions: readonly Question[],
  milliseconds: number,
): Promise<void> {
  const results = await database.run({
    kind: 'transaction',
    role,
    settingsBeforeRole: [['statement_timeout', String(milliseconds)]],
    settings: [],
    readOnly: true,
    statements: questions.map(({ filter, rows }) => askFilterStatement(filter, rows)),
    end: 'commit',
  })
  results.forEach((rows, at) => fill(questions[at]?.answers ?? [], readAsked(rows)))
}

async function askOneByOne(asking: Asking, questions: readonly Question[]): Promise<void> {
  let overdue = 0
  for (const question of questions) {
    if (overdue === MOST_OVERDUE) {
      giveUp(question)
      continue
    }
    try {
      await askTogether(asking, [question], asking.patience.last)
    } catch (error) {
      if (!isRefused(error)) throw error
      asking.report(error)
      if (error.detail.sqlstate !== CANCELLED) continue
      overdue += 1
      giveUp(question)
    }
  }
}

function isTooLong({ conditions }: Filter, cellOf: CellOf): boolean {
  return conditions.some(({ condition, type }) => {
    return isPattern(condition) && condition.value.length * (cellOf(type.column)?.length ?? 0) > MOST_STEPS
  })
}

function isRefused(error: unknown): error is Refusal<'postgres.error'> {
  return isRefusal(error) && error.code === 'postgres.error'
}

function giveUp({ answers }: Question): void {
  for (const answer of answers) answer.isGivenUp = true
}

function fill(answers: readonly Answer[], matches: readonly boolean[]): void {
  answers.forEach((answer, at) => {
    answer.matches = matches[at] ?? false
  })
}
