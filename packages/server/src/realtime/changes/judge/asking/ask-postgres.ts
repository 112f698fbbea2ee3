// Asks Postgres who sees which rows: the questions of all classes of a role in one flush, the rows in it once for all
// classes that ask about the same ones. A question that fails undoes its flush, so what fails is told apart by halving.

import type { Database, Rows, Statement } from '../../../../database/statement.ts'
import type { AdmittedClass } from '../classes/admitted-class.ts'
import type { OnFailure } from '../classes/read-values.ts'
import type { Row } from '../evaluating/compile-residual.ts'
import type { PolicyProgram } from '../programs/role-program.ts'
import { claimsStatement, conditionQuestion, rowsStatement, storedRowQuestion } from '../sql/ask-statements.ts'
import { type Question, rowJson } from './questions.ts'
import { expressionFailure, runAs } from './run-as.ts'

/** One class's question about several rows. */
interface Inquiry {
  readonly asker: AdmittedClass
  readonly program: PolicyProgram
  readonly about: Question['about']
  readonly rows: readonly number[]
}

/** Inquiries of one transaction. More would keep a connection long and a failure's halving expensive. */
const MOST_AT_ONCE = 200
/** Flushes under way at a time; the other connections serve requests. */
const CONNECTIONS = 2
/** Rows of a batch whose evaluation fails before the class is taken to see none of the others either. */
const MOST_FAILURES = 8

/** Cancelled by `statement_timeout`. */
const TIMED_OUT = '57014'

/** Calls `on.visible` for each question whose answer is yes. Refuses with `postgres.*` where Postgres cannot be asked. */
export async function askPostgres(
  database: Database,
  questions: readonly Question[],
  rows: readonly Row[],
  on: { readonly visible: (question: { asker: AdmittedClass; row: number }) => void; readonly failure: OnFailure },
): Promise<void> {
  const asking = new Asking(database, rows, on)
  const flushes = flushesOf(inquiriesOf(questions)).values()
  const ask = async (): Promise<void> => {
    for (const inquiries of flushes) await asking.ask(inquiries)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, ask))
}

class Asking {
  readonly #database: Database
  readonly #rows: readonly Row[]
  readonly #on: Parameters<typeof askPostgres>[3]
  readonly #failures = new Map<AdmittedClass, number>()

  constructor(database: Database, rows: readonly Row[], on: Parameters<typeof askPostgres>[3]) {
    this.#database = database
    this.#rows = rows
    this.#on = on
  }

  async ask(inquiries: readonly Inquiry[]): Promise<void> {
    const [first] = inquiries
    if (first === undefined || this.#failuresOf(first) >= MOST_FAILURES) return
    const { statements, answers } = this.#flush(inquiries)
    try {
      const { facts, role } = first.program
      this.#hear(inquiries, answers, await runAs(this.#database, facts, { role, claimsJson: null }, statements))
    } catch (thrown) {
      const failure = expressionFailure(thrown)
      if (failure === null) throw thrown
      if (inquiries.length > 1) return await this.#askHalves(inquiries)
      first.asker.hasFailed = true
      // Fewer rows would take as long once more each.
      if (first.rows.length > 1 && failure.sqlstate !== TIMED_OUT) return await this.#askHalves(halvesOf(first))
      this.#failures.set(first.asker, this.#failuresOf(first) + 1)
      this.#on.failure(
        first.program.policies.map(({ name }) => name),
        failure,
      )
    }
  }

  async #askHalves(inquiries: readonly Inquiry[]): Promise<void> {
    const middle = Math.ceil(inquiries.length / 2)
    await this.ask(inquiries.slice(0, middle))
    await this.ask(inquiries.slice(middle))
  }

  #failuresOf({ asker }: Inquiry): number {
    return this.#failures.get(asker) ?? 0
  }

  /** The statements of one transaction, and where in it the answers stand. */
  #flush(inquiries: readonly Inquiry[]): { readonly statements: Statement[]; readonly answers: number[] } {
    const statements: Statement[] = []
    const answers: number[] = []
    let previous: Inquiry | undefined
    for (const inquiry of inquiries) {
      const { program, about, asker } = inquiry
      if (previous === undefined || !aboutTheSame(previous, inquiry))
        statements.push(rowsStatement(this.#json(inquiry)))
      const { facts, key, policies } = program
      const question = about === 'stored' ? storedRowQuestion(facts, key) : conditionQuestion(facts, policies)
      answers.push(statements.push(claimsStatement(asker.claimsJson), question) - 1)
      previous = inquiry
    }
    return { statements, answers }
  }

  #json({ program, about, rows }: Inquiry): string {
    return `[${rows.map((row) => rowJson(program, about, this.#rows[row] ?? [])).join(',')}]`
  }

  #hear(inquiries: readonly Inquiry[], answers: readonly number[], results: readonly Rows[]): void {
    for (const [place, { asker, rows }] of inquiries.entries()) {
      const answer = results[answers[place] ?? -1]
      for (const [index, row] of rows.entries()) {
        if (answer?.rows[index]?.[0] === 't') this.#on.visible({ asker, row })
      }
    }
  }
}

function inquiriesOf(questions: readonly Question[]): readonly Inquiry[] {
  const grouped = new Map<AdmittedClass, { given: number[]; stored: number[]; program: PolicyProgram }>()
  for (const { asker, program, row, about } of questions) {
    const group = grouped.get(asker) ?? { given: [], stored: [], program }
    group[about].push(row)
    grouped.set(asker, group)
  }
  const inquiries: Inquiry[] = []
  for (const [asker, { given, stored, program }] of grouped) {
    if (given.length > 0) inquiries.push({ asker, program, about: 'given', rows: given })
    if (stored.length > 0) inquiries.push({ asker, program, about: 'stored', rows: stored })
  }
  return inquiries
}

/** By role, those about the same rows side by side; whoever failed last time alone. */
function flushesOf(inquiries: readonly Inquiry[]): readonly (readonly Inquiry[])[] {
  const flushes: Inquiry[][] = []
  const groups = Map.groupBy(inquiries, ({ asker, program, about, rows }) =>
    asker.hasFailed ? asker : `${program.role} ${about} ${rows.join()}`,
  )
  let open: Inquiry[] = []
  for (const group of groups.values()) {
    for (const inquiry of group) {
      const isApart = inquiry.asker.hasFailed || open[0]?.asker.hasFailed === true
      if (isApart || open.length >= MOST_AT_ONCE || open[0]?.program.role !== inquiry.program.role) {
        open = []
        flushes.push(open)
      }
      open.push(inquiry)
    }
  }
  for (const { asker } of inquiries) asker.hasFailed = false
  return flushes
}

function halvesOf(inquiry: Inquiry): readonly Inquiry[] {
  const middle = Math.ceil(inquiry.rows.length / 2)
  return [
    { ...inquiry, rows: inquiry.rows.slice(0, middle) },
    { ...inquiry, rows: inquiry.rows.slice(middle) },
  ]
}

function aboutTheSame(one: Inquiry, other: Inquiry): boolean {
  if (one.program !== other.program || one.about !== other.about || one.rows.length !== other.rows.length) return false
  return one.rows.every((row, index) => row === other.rows[index])
}
