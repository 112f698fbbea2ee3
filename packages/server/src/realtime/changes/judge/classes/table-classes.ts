// The classes of one table under the facts of now: admitted, released, and asked about changes. When the facts change,
// the whole of it is left behind.

import type { Database } from '../../../../database/statement.ts'
import type { Identity } from '../../../../identity/identity.ts'
import { isSameRole } from '../../tables/same-role.ts'
import type { RoleFacts, TableFacts, TableKeeper } from '../../tables/table-facts.ts'
import { type AdmittedClass, classKey } from './admitted-class.ts'
import { type OnFailure, readValues } from './read-values.ts'
import type { Value } from '../evaluating/class-values.ts'
import { ClassIndex } from '../evaluating/class-index.ts'
import type { ClaimsClass, DeleteStance, Tier } from '../judge.ts'
import { deleteStance } from '../programs/delete-stance.ts'
import { makeProgram } from '../programs/make-program.ts'
import type { RoleProgram } from '../programs/role-program.ts'
import type { Scope } from '../sql/claims-only.ts'

export interface ClassesOptions {
  readonly database: Database
  readonly tables: TableKeeper
  readonly facts: TableFacts
  /** What function names mean, read once for all tables. */
  readonly scope: () => Promise<Scope>
  readonly onFailure: (role: string, ...failure: Parameters<OnFailure>) => void
}

interface KnownProgram {
  readonly roleFacts: RoleFacts
  readonly making: Promise<RoleProgram>
}

export class TableClasses {
  readonly facts: TableFacts
  readonly deletes: DeleteStance
  /** The classes that are held, by how they are judged. */
  readonly byProgram = new Map<RoleProgram, ClassIndex<AdmittedClass>>()
  readonly #options: ClassesOptions
  readonly #programs = new Map<string, KnownProgram>()
  readonly #byKey = new Map<string, AdmittedClass>()

  constructor(options: ClassesOptions) {
    this.facts = options.facts
    this.deletes = deleteStance(options.facts)
    this.#options = options
  }

  get size(): number {
    return this.#byKey.size
  }

  /** Refuses with `postgres.*`. */
  async admit(identity: Identity): Promise<ClaimsClass> {
    const program = await this.#program(identity.role)
    const { database, onFailure } = this.#options
    const values =
      program.kind === 'policies'
        ? await readValues(database, program, identity, (...failure) => onFailure(identity.role, ...failure))
        : []
    const key = classKey(program, values, identity)
    const known = this.#byKey.get(key)
    const admitted = known ?? this.#add(key, program, values, identity)
    admitted.holders += 1
    admitted.claimsJson = identity.claimsJson
    return admitted.claimsClass
  }

  /** Nothing happens to a class of earlier facts, whose key may be the same. */
  release(claimsClass: ClaimsClass): void {
    const admitted = this.#byKey.get(claimsClass.key)
    if (admitted?.claimsClass !== claimsClass) return
    admitted.holders -= 1
    if (admitted.holders > 0) return
    this.#byKey.delete(claimsClass.key)
    const index = this.byProgram.get(admitted.program)
    index?.remove(admitted)
    if (index?.all.size === 0) this.byProgram.delete(admitted.program)
  }

  tiers(): Record<Tier, number> {
    const tiers: Record<Tier, number> = { open: 0, compiled: 0, indexed: 0, asked: 0 }
    for (const [{ tier }, { all }] of this.byProgram) tiers[tier] += all.size
    return tiers
  }

  #add(key: string, program: RoleProgram, values: readonly Value[] | null, identity: Identity): AdmittedClass {
    const claimsClass: ClaimsClass = Object.freeze({ kind: 'claims-class', role: identity.role, key })
    const { claimsJson } = identity
    const made = { claimsClass, program, values: values ?? [], claimsJson, holders: 0, hasFailed: false }
    this.#byKey.set(key, made)
    let index = this.byProgram.get(program)
    if (index === undefined) {
      index =
        program.kind === 'policies' ? new ClassIndex(program.lookups, program.constants) : new ClassIndex(null, [])
      this.byProgram.set(program, index)
    }
    if (values !== null) index.add(made)
    return made
  }

  /** Made anew where the role may do something else than when it was made. */
  async #program(role: string): Promise<RoleProgram> {
    const roleFacts = await this.#options.tables.role(this.facts.oid, role)
    const known = this.#programs.get(role)
    if (known !== undefined && isSameRole(known.roleFacts, roleFacts)) return await known.making
    const making = this.#makeProgram(roleFacts)
    this.#programs.set(role, { roleFacts, making })
    making.catch(() => {
      if (this.#programs.get(role)?.making === making) this.#programs.delete(role)
    })
    return await making
  }

  async #makeProgram(roleFacts: RoleFacts): Promise<RoleProgram> {
    const { database, facts } = this.#options
    const scope = await this.#options.scope()
    const onFailure: OnFailure = (...failure) => this.#options.onFailure(roleFacts.role, ...failure)
    return await makeProgram({ database, facts, roleFacts, scope, onFailure })
  }
}
