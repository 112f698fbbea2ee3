// Changes against the classes of their table: what values decide is decided here, the rest is put to Postgres at the end
// of the batch, all of it at once.

import type { Database } from '../../../../database/statement.ts'
import type { Change } from '../../change.ts'
import type { TableFacts } from '../../tables/table-facts.ts'
import { askPostgres } from '../asking/ask-postgres.ts'
import { canBeFound, canBeGiven, type Question } from '../asking/questions.ts'
import type { AdmittedClass } from './admitted-class.ts'
import type { OnFailure } from './read-values.ts'
import type { ClassIndex } from '../evaluating/class-index.ts'
import type { Row, Test } from '../evaluating/compile-residual.ts'
import { RowReader } from '../evaluating/row-reader.ts'
import { ASK, TRUE, type Truth, UNKNOWN } from '../evaluating/truth.ts'
import type { ClaimsClass } from '../judge.ts'
import type { PolicyProgram } from '../programs/role-program.ts'
import type { TableClasses } from './table-classes.ts'

export interface JudgingOptions {
  readonly database: Database
  readonly deletes: 'compatible' | 'strict'
  readonly onFailure: (role: string, ...failure: Parameters<OnFailure>) => void
}

/** For each change the classes that may see it. Refuses with `postgres.*` where Postgres cannot be asked. */
export async function judgeChanges(
  { database, deletes, onFailure }: JudgingOptions,
  classes: TableClasses,
  changes: readonly Change[],
): Promise<readonly (readonly ClaimsClass[])[]> {
  const namesAll = deletes === 'compatible' && !classes.deletes.isJudged
  const verdicts = new Verdicts(classes.facts, changes, namesAll)
  for (const [program, index] of classes.byProgram) {
    if (program.kind === 'everything') verdicts.showAll(index)
    if (program.kind === 'policies') verdicts.decide(program, index)
  }
  for (const questions of Map.groupBy(verdicts.questions, ({ program }) => program).values()) {
    await askPostgres(database, questions, verdicts.rows, {
      visible: ({ asker, row }) => verdicts.show(row, asker),
      failure: (...failure) => onFailure(questions[0]?.program.role ?? '', ...failure),
    })
  }
  return verdicts.visible
}

class Verdicts {
  readonly visible: ClaimsClass[][]
  readonly rows: readonly Row[]
  readonly questions: Question[] = []
  readonly #changes: readonly Change[]
  readonly #places: readonly number[]
  readonly #namesAll: boolean

  constructor(facts: TableFacts, changes: readonly Change[], namesAll: boolean) {
    this.#changes = changes
    this.#namesAll = namesAll
    this.visible = changes.map(() => [])
    const reader = new RowReader(facts)
    this.rows = changes.map((change) => reader.read(change))
    // What happened to a table of the same name that is no more is nobody's to see.
    this.#places = [...changes.keys()].filter((place) => changes[place]?.relation.oid === facts.oid)
  }

  show(row: number, { claimsClass }: AdmittedClass): void {
    this.visible[row]?.push(claimsClass)
  }

  showAll({ all }: ClassIndex<AdmittedClass>): void {
    for (const place of this.#places) for (const seeing of all) this.show(place, seeing)
  }

  decide(program: PolicyProgram, index: ClassIndex<AdmittedClass>): void {
    for (const place of this.#places) {
      const row = this.rows[place] ?? []
      if (this.#changes[place]?.kind === 'DELETE' && !canBeJudgedGone(program, row)) {
        if (this.#namesAll) for (const told of index.all) this.show(place, told)
        continue
      }
      for (const candidate of index.candidates(row)) {
        const truth = decideAll(program.tests, row, candidate)
        if (truth === TRUE) this.show(place, candidate)
        else if (truth === ASK) this.#ask(program, place, candidate)
      }
    }
  }

  #ask(program: PolicyProgram, place: number, asker: AdmittedClass): void {
    const row = this.rows[place] ?? []
    const about = canBeGiven(program, row) ? 'given' : 'stored'
    if (about === 'given' || canBeFound(program, row)) this.questions.push({ asker, program, row: place, about })
  }
}

/** A row that is gone must be there with everything that the policies read. */
function canBeJudgedGone(program: PolicyProgram, row: Row): boolean {
  if (program.needsStoredRow || !program.columns.every((column) => row[column] !== undefined)) return false
  return program.tier !== 'asked' || canBeGiven(program, row)
}

/** All must hold; one that cannot hides the row, whatever Postgres would say to the others. */
function decideAll(tests: readonly Test[], row: Row, { values }: AdmittedClass): Truth {
  let result: Truth = TRUE
  for (const test of tests) {
    const found = test(row, values)
    if (found === ASK) result = ASK
    else if (found !== TRUE) return UNKNOWN
  }
  return result
}
