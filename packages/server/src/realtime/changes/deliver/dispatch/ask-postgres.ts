// The rows that only Postgres can hold against a filter: all of a batch in one round trip a role.

import type { Database } from '../../../../database/statement.ts'
import { isRefusal } from '../../../../refusal/refusal.ts'
import type { Filter } from '../filter/compile/compile-filter.ts'
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
}

interface Question {
  readonly filter: Filter
  readonly rows: (readonly (string | null)[])[]
  readonly answers: Answer[]
}

/** `report` hears of a filter that Postgres had accepted and now refuses; such rows match nothing. */
export function createQuestions(database: Database, report: (error: unknown) => void): Questions {
  const roles = new Map<string, Map<Filter, Question>>()
  return {
    put(filter, role, cellOf) {
      const questions = roles.get(role) ?? new Map<Filter, Question>()
      roles.set(role, questions)
      const question = questions.get(filter) ?? { filter, rows: [], answers: [] }
      questions.set(filter, question)
      question.rows.push(filter.conditions.map(({ type }) => cellOf(type.column) ?? null))
      const answer = { matches: false }
      question.answers.push(answer)
      return answer
    },
    async ask() {
      await Promise.all(
        [...roles].map(async ([role, questions]) => await askAll(database, role, [...questions.values()], report)),
      )
    },
  }
}

async function askAll(
  database: Database,
  role: string,
  questions: readonly Question[],
  report: (error: unknown) => void,
): Promise<void> {
  const statements = questions.map(({ filter, rows }) => askFilterStatement(filter, rows))
  try {
    const results = await database.run({
      kind: 'transaction',
      role,
      settings: [],
      readOnly: true,
      statements,
      end: 'commit',
    })
    results.forEach((rows, at) => fill(questions[at]?.answers ?? [], readAsked(rows)))
  } catch (error) {
    // What cannot be reached is asked again with the whole batch; what is refused would be refused again.
    if (!isRefusal(error) || error.code !== 'postgres.error') throw error
    if (questions.length === 1) return report(error)
    for (const question of questions) await askAll(database, role, [question], report)
  }
}

function fill(answers: readonly Answer[], matches: readonly boolean[]): void {
  answers.forEach((answer, at) => {
    answer.matches = matches[at] ?? false
  })
}
