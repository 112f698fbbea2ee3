import { expect, test } from 'vitest'

import { type Closers, openTogether } from './closers.ts'

function opening(closed: string[], failing: string | null) {
  return async (closers: Closers): Promise<{ readonly name: string }> => {
    for (const part of ['first', 'second', 'third']) {
      if (part === failing) throw new Error(`${part} does not open`)
      closers.add(part, async () => {
        closed.push(part)
        if (part === 'second') throw new Error('it does not close')
      })
    }
    return { name: 'all' }
  }
}

test('where a part does not open, those before it are closed, the last first, and what failed is said', async () => {
  const [closed, reported]: [string[], string[]] = [[], []]
  const opened = openTogether(opening(closed, 'third'), (part) => void reported.push(part))
  await expect(opened).rejects.toThrow('third does not open')
  expect([closed, reported]).toEqual([['second', 'first'], ['second']])
})

test('parts that were opened together are closed together, each once', async () => {
  const [closed, reported]: [string[], string[]] = [[], []]
  const together = await openTogether(opening(closed, null), (part) => void reported.push(part))
  await together.close()
  await together.close()
  expect([together.name, closed, reported]).toEqual(['all', ['third', 'second', 'first'], ['second']])
})
