// Lost features as sentences for whoever started the server: one for each missing privilege.

import type { Degradation } from './bootstrap.ts'

/** In the order in which the privileges were first missed. Says each feature and each grant once. */
export function degradationNotices(degradations: readonly Degradation[]): readonly string[] {
  const byPrivilege = Map.groupBy(degradations, ({ missing }) => missing)
  return [...byPrivilege].map(([missing, lost]) => {
    const features = [...new Set(lost.map(({ feature }) => feature))]
    const [grant = '', ...more] = new Set(lost.map((one) => one.grant))
    const grants = more.length === 0 ? ` ${grant}` : [grant, ...more].map((one) => `\n  ${one}`).join('')
    return `Without ${missing} this Postgres cannot give ${features.join('; ')}. To grant it:${grants}`
  })
}
