import { describe, expect, it } from 'vitest'

import { planMigrations } from './plan-migrations.ts'

const first = '20260101000001_first.sql'
const second = '20260101000002_second.sql'

describe('planning migrations', () => {
  it('takes what is not recorded, in the order of versions', () => {
    const plan = planMigrations([second, first], [])
    expect(plan.pending.map(({ version, name }) => [version, name])).toEqual([
      ['20260101000001', 'first'],
      ['20260101000002', 'second'],
    ])
    expect(plan.warnings).toEqual([])
  })

  it('has nothing to do where all is recorded', () => {
    expect(planMigrations([first], ['20260101000001'])).toEqual({ pending: [], warnings: [] })
  })

  it('warns of a misnamed file and passes it over', () => {
    const plan = planMigrations(['create_users.sql', first, '.DS_Store'], [])
    expect(plan.pending.map(({ file }) => file)).toEqual([first])
    expect(plan.warnings).toEqual([
      'supabase/migrations/create_users.sql is passed over: a migration is named <14 digits>_<name>.sql.',
    ])
  })

  it('warns of a version whose file is missing', () => {
    const { warnings } = planMigrations([first], ['20260101000001', '20260101000009'])
    expect(warnings).toEqual([expect.stringContaining('20260101000009')])
  })

  it('warns of a file that comes late', () => {
    const { pending, warnings } = planMigrations([first, second], ['20260101000002'])
    expect(pending.map(({ file }) => file)).toEqual([first])
    expect(warnings).toEqual([expect.stringContaining('applied after later ones')])
  })

  it('refuses two files of one version', () => {
    const files = [first, '20260101000001_again.sql']
    expect(() => planMigrations(files, [])).toThrow(
      expect.objectContaining({
        code: 'migration.duplicate-version',
        detail: {
          version: '20260101000001',
          paths: ['supabase/migrations/20260101000001_again.sql', 'supabase/migrations/20260101000001_first.sql'],
        },
      }),
    )
  })
})
