import { expect, test } from 'vitest'

import type { RestSettings } from '../../platform/project/settings/api-settings.ts'
import { createLiveRest, followSettings } from './live-rest.ts'

const before: RestSettings = { schemas: ['public'], extraSearchPath: [], maxRows: 10 }
const after: RestSettings = { ...before, schemas: ['public', 'shop'] }

test('the catalog is read for the new settings while the door still has the old ones', async () => {
  const rest = createLiveRest(before)
  const seen: unknown[] = []
  await rest.change(after, async () => void seen.push([rest.scope(), rest.current()]))
  expect(seen).toEqual([[after, before]])
  expect([rest.scope(), rest.current()]).toEqual([after, after])
})

test('what follows the settings is made anew for others, and only then', async () => {
  const rest = createLiveRest(before)
  let made = 0
  const door = followSettings(rest, ({ schemas }) => {
    made += 1
    return (name: string) => `${name} in ${schemas.length}`
  })
  expect([door('a'), door('b'), made]).toEqual(['a in 1', 'b in 1', 1])
  await rest.change(after, async () => {})
  expect([door('a'), door('b'), made]).toEqual(['a in 2', 'b in 2', 2])
})
