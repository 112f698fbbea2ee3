import { pino } from 'pino'
import { expect, test } from 'vitest'

import { discardUnnamed } from './discard-unnamed.ts'
import { openStored } from './stored.test-support.ts'

const log = pino({ level: 'silent' })

test('bytes are removed where no row names them, and stay where one does', async () => {
  await using stored = await openStored()
  const named = await stored.object('kept', 'abc')
  const unnamed = await stored.blob('def', 0)
  await discardUnnamed({ ...stored, log }, [named, null, unnamed])
  expect(await stored.left()).toMatchObject({ objects: ['kept'], blobs: [named] })
})
