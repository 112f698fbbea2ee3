// Which functions of the project read nothing but their arguments and the claims: SQL-language ones with one SELECT of
// one such expression, like a tutorial's `requesting_user_id()`. Whatever else a function is, it is left to Postgres.

import { claimsOnly, type Scope } from '../../sql/claims-only.ts'
import { builtinFunctions } from '../../sql/builtins.ts'
import { parseBody } from '../../../../../database/syntax/syntax.ts'

/** One function outside of `pg_catalog`. */
export interface ProjectFunction {
  readonly schema: string
  readonly name: string
  /** Null where the body cannot be read or does not run with the caller's rights. */
  readonly body: string | null
  readonly parameters: readonly string[]
}

/** What function names mean in policies, which `pg_get_expr` printed with every schema but `pg_catalog`. */
export function scopeOfPolicies(functions: readonly ProjectFunction[]): Scope {
  const known = new ProjectFunctions(functions)
  return { isClaimsOnly: (names) => known.isClaimsOnly(names), isBuiltin: () => true, isParameter: () => false }
}

class ProjectFunctions {
  readonly #bySchema = new Map<string, ProjectFunction[]>()
  readonly #byName = new Map<string, ProjectFunction[]>()
  /** `false` while a function is being read, too, so that one which calls itself is not. */
  readonly #verdicts = new Map<ProjectFunction, boolean>()

  constructor(functions: readonly ProjectFunction[]) {
    for (const made of functions) {
      addTo(this.#bySchema, JSON.stringify([made.schema, made.name]), made)
      addTo(this.#byName, made.name, made)
    }
  }

  /** Every function that the name may mean is; a bare name may be found in any schema. */
  isClaimsOnly(names: readonly string[]): boolean {
    const bare = names.length === 1
    const meant = bare ? this.#byName.get(names[0] ?? '') : this.#bySchema.get(JSON.stringify(names))
    return meant !== undefined && meant.every((made) => this.#judge(made))
  }

  #judge(made: ProjectFunction): boolean {
    const known = this.#verdicts.get(made)
    if (known !== undefined) return known
    this.#verdicts.set(made, false)
    const value = made.body === null ? null : parseBody(made.body)
    const verdict = value !== null && claimsOnly(value, this.#scopeOf(made)) !== null
    this.#verdicts.set(made, verdict)
    return verdict
  }

  /** Names in a body are looked up when it runs, by whatever search path there is then. */
  #scopeOf({ parameters }: ProjectFunction): Scope {
    return {
      isClaimsOnly: (names) => this.isClaimsOnly(names),
      isBuiltin: (name) => builtinFunctions.has(name) && !this.#byName.has(name),
      isParameter: (name) => name === '' || parameters.includes(name),
    }
  }
}

function addTo(groups: Map<string, ProjectFunction[]>, key: string, made: ProjectFunction): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [made])
  else group.push(made)
}
