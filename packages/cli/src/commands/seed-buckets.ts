// `tenon seed buckets`: the buckets of config.toml, with the files of their folders.

import { Refusal, seedProjectBuckets } from 'tenon'

import { type DatabaseFlags, readPresentProject } from '../project.ts'

/**
 * Makes them or brings them up to date, and says what was uploaded; exits with 1 where something could not be. Refuses
 * `boot.switched-off`.
 */
export async function seedBuckets(flags: DatabaseFlags): Promise<void> {
  const config = readPresentProject(flags, process.cwd())
  if (!config.storage.enabled)
    throw new Refusal(
      'boot.switched-off',
      { key: '[storage] enabled' },
      { fix: 'Switch Storage on to seed its buckets.' },
    )
  const { uploaded, notices } = await seedProjectBuckets(config)
  for (const name of uploaded) console.log(`Uploaded ${name}`)
  for (const notice of notices) console.error(notice)
  if (notices.length > 0) process.exitCode = 1
  else console.log(upToDate(config.storage.buckets.map(({ name }) => name)))
}

function upToDate(names: readonly string[]): string {
  if (names.length === 0) return 'supabase/config.toml names no bucket: [storage.buckets.<name>] makes one.'
  return `Up to date: ${names.join(', ')}`
}
