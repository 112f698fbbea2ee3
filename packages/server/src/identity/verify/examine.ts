// Runs the checks over one token, in order.

import { isRefusal, type AnyRefusal } from '../../refusal/refusal.ts'
import { claimChecks } from './claim-checks.ts'
import { beginExamination, type Check, type CheckName, type Examination, type ExaminationDeps } from './examination.ts'
import { readingChecks } from './reading-checks.ts'
import { trustChecks } from './trust-checks.ts'

const checks: readonly Check[] = [...readingChecks, ...trustChecks, ...claimChecks]

/** What one check came to. */
export type CheckOutcome =
  | { readonly outcome: 'passed' | 'skipped' }
  | { readonly outcome: 'failed'; readonly refusal: AnyRefusal }

/** Verifies: refuses with the first check that does; what was found until then stands in `seen`. */
export async function examine(
  token: string,
  deps: ExaminationDeps,
  seen = beginExamination(token, deps.now()),
): Promise<Examination> {
  for (const check of checks) {
    if (check.applies?.(seen, deps) ?? true) Object.assign(seen, await check.run(seen, deps))
  }
  return seen
}

/** Explains: runs every check whose needs are met, reporting each in order; refuses nothing. */
export async function examineThoroughly(
  token: string,
  deps: ExaminationDeps,
  report: (check: Check, outcome: CheckOutcome, seen: Examination) => void,
): Promise<Examination> {
  const passed = new Set<CheckName>()
  const seen = beginExamination(token, deps.now())
  for (const check of checks) {
    const runnable = check.needs.every((need) => passed.has(need))
    if (!runnable || !(check.applies?.(seen, deps) ?? true)) {
      if (runnable) passed.add(check.name)
      report(check, { outcome: 'skipped' }, seen)
      continue
    }
    try {
      Object.assign(seen, await check.run(seen, deps))
      passed.add(check.name)
      report(check, { outcome: 'passed' }, seen)
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown
      report(check, { outcome: 'failed', refusal: thrown }, seen)
    }
  }
  return seen
}
