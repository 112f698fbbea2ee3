// What stands in the way of dropping something, as a list that a person can read before she says so again.

import { isRefusal, Refusal } from '../../refusal/refusal.ts'

/**
 * Runs `drop`; where Postgres says that something depends on `object` (2BP01), refuses `platform.dependants` with one
 * line for each. `fix` says how to drop them all.
 */
export async function tellDependants<Result>(
  object: string,
  fix: string,
  drop: () => Promise<Result>,
): Promise<Result> {
  try {
    return await drop()
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'postgres.error' || thrown.detail.sqlstate !== '2BP01') throw thrown
    const dependants = (thrown.detail.detail ?? '').split('\n').filter((line) => line !== '')
    throw new Refusal('platform.dependants', { object, dependants }, { fix, cause: thrown })
  }
}
