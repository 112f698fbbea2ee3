// The judge of all tables: which classes there are now, and that none of before a change of the schema is used again.

import type { Database } from '../../../database/statement.ts'
import type { Identity } from '../../../identity/identity.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Change } from '../change.ts'
import type { TableFacts, TableKeeper } from '../tables/table-facts.ts'
import { deleteStance } from './programs/delete-stance.ts'
import type { OnFailure } from './classes/read-values.ts'
import type { ClaimsClass, DeleteStance, Judge, TableJudge } from './judge.ts'
import { judgeChanges } from './classes/judge-changes.ts'
import { readScope } from './programs/project-functions.ts'
import { loadParser } from '../../../database/syntax/syntax.ts'
import type { Scope } from './sql/claims-only.ts'
import { TableClasses } from './classes/table-classes.ts'

/** What somebody who stares at nothing wants to find. Told once for each cause until the schema changes. */
export interface JudgeEvent {
  readonly kind: 'policy-failed'
  readonly schema: string
  readonly table: string
  readonly role: string
  /** One of these, under the claims of at least one subscriber, who sees nothing by it. */
  readonly policies: readonly string[]
  readonly sqlstate: string
  readonly message: string
}

export interface JudgeOptions {
  readonly database: Database
  readonly tables: TableKeeper
  /** Who reads the catalog; any role that the pool may take. */
  readonly readerRole: string
  /** What becomes of deletes that cannot be judged. */
  readonly deletes: 'compatible' | 'strict'
  readonly report: (event: JudgeEvent) => void
}

export function createJudge(options: JudgeOptions): Judge {
  return new TablesJudge(options)
}

type Tell = (role: string, ...failure: Parameters<OnFailure>) => void

interface TableName {
  readonly schema: string
  readonly table: string
}

class TablesJudge implements Judge {
  readonly #options: JudgeOptions
  /** What is known since the schema changed last. Replaced as a whole, so that nothing begun before is found after. */
  #now = new Since()

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  table(schema: string, table: string): TableJudge {
    const name = { schema, table }
    return {
      admit: (identity) => this.#admit(name, identity),
      release: (claimsClass) => this.#release(name, claimsClass),
      judge: (changes) => this.#judge(name, changes),
      deletes: () => this.#stance(name),
      tiers: () => this.#now.ready.get(keyOf(name))?.tiers() ?? { open: 0, compiled: 0, indexed: 0, asked: 0 },
    }
  }

  forget(): void {
    this.#options.tables.forget()
    this.#now = new Since()
  }

  /** Begins again where the schema changed meanwhile, or the table's last class left and took what was known with it. */
  async #admit(name: TableName, identity: Identity): Promise<ClaimsClass> {
    const key = keyOf(name)
    for (;;) {
      const now = this.#now
      const classes = await this.#classesOf(name, now)
      try {
        const admitted = await classes.admit(identity)
        if (now === this.#now && now.ready.get(key) === classes) return admitted
      } finally {
        now.leaveIfEmpty(key, classes)
      }
    }
  }

  #release(name: TableName, claimsClass: ClaimsClass): void {
    const key = keyOf(name)
    const classes = this.#now.ready.get(key)
    classes?.release(claimsClass)
    if (classes !== undefined) this.#now.leaveIfEmpty(key, classes)
  }

  async #judge(name: TableName, changes: readonly Change[]): Promise<readonly (readonly ClaimsClass[])[]> {
    const now = this.#now
    const classes = now.ready.get(keyOf(name))
    if (classes === undefined) return changes.map(() => [])
    const { database, deletes } = this.#options
    const onFailure: Tell = (role, ...failure) => this.#tell(now, name, role, ...failure)
    const visible = await judgeChanges({ database, deletes, onFailure }, classes, changes)
    return now === this.#now ? visible : changes.map(() => [])
  }

  async #stance({ schema, table }: TableName): Promise<DeleteStance> {
    await loadParser()
    return deleteStance(await this.#factsOf({ schema, table }))
  }

  #classesOf(name: TableName, now: Since): Promise<TableClasses> {
    const key = keyOf(name)
    const known = now.opening.get(key)
    if (known !== undefined) return known
    const opening = this.#open(name, now)
    now.opening.set(key, opening)
    opening.catch(() => now.opening.delete(key))
    return opening
  }

  async #open(name: TableName, now: Since): Promise<TableClasses> {
    await loadParser()
    const { database, tables, readerRole } = this.#options
    const facts = await this.#factsOf(name)
    const classes = new TableClasses({
      database,
      tables,
      facts,
      scope: () => now.scope(() => readScope(database, readerRole)),
      onFailure: (role, ...failure) => this.#tell(now, name, role, ...failure),
    })
    now.ready.set(keyOf(name), classes)
    return classes
  }

  async #factsOf({ schema, table }: TableName): Promise<TableFacts> {
    const facts = await this.#options.tables.table(schema, table)
    if (facts !== null) return facts
    const message = `relation "${schema}.${table}" does not exist`
    throw new Refusal('postgres.error', { sqlstate: '42P01', message, detail: null, hint: null, role: null })
  }

  #tell(now: Since, { schema, table }: TableName, role: string, ...[policies, failure]: Parameters<OnFailure>): void {
    const { sqlstate, message } = failure
    const cause = JSON.stringify([schema, table, role, policies, sqlstate])
    if (now.told.has(cause)) return
    now.told.add(cause)
    this.#options.report({ kind: 'policy-failed', schema, table, role, policies, sqlstate, message })
  }
}

/** What the judge knows between two changes of the schema. */
class Since {
  readonly opening = new Map<string, Promise<TableClasses>>()
  readonly ready = new Map<string, TableClasses>()
  readonly told = new Set<string>()
  #scope: Promise<Scope> | undefined

  /** Read once; a reading that fails is not kept. */
  scope(read: () => Promise<Scope>): Promise<Scope> {
    if (this.#scope !== undefined) return this.#scope
    const reading = read()
    this.#scope = reading
    reading.catch(() => {
      this.#scope = undefined
    })
    return reading
  }

  /** Tables that nobody subscribes to any more take no room. */
  leaveIfEmpty(key: string, classes: TableClasses): void {
    if (classes.size > 0 || this.ready.get(key) !== classes) return
    this.ready.delete(key)
    this.opening.delete(key)
  }
}

function keyOf({ schema, table }: TableName): string {
  return JSON.stringify([schema, table])
}
