import { describe, expect, it } from 'vitest'

import { remember } from './remembered.ts'

interface Answer {
  readonly open: boolean
}

const answered: Answer = { open: true }

function setup(most = 10) {
  const clock = { now: 0 }
  const asked: string[] = []
  const remembered = remember<Answer>(most, () => clock.now)
  const recall = async (key: string, answer: Promise<Answer> = Promise.resolve(answered)) =>
    await remembered.recall(key, 1000, () => {
      asked.push(key)
      return answer
    })
  return { clock, asked, remembered, recall }
}

describe('a remembered answer', () => {
  it('is asked for once by everybody who comes at the same time', async () => {
    const { asked, recall } = setup()
    const pending = Promise.withResolvers<Answer>()
    const all = Array.from({ length: 100 }, () => recall('a', pending.promise))
    pending.resolve(answered)
    expect(new Set(await Promise.all(all))).toEqual(new Set([answered]))
    expect(asked).toEqual(['a'])
  })

  it('is asked for again when its time is over, counted from the question', async () => {
    const { clock, asked, recall } = setup()
    await recall('a')
    clock.now = 999
    await recall('a')
    expect(asked).toHaveLength(1)
    clock.now = 1000
    await recall('a')
    expect(asked).toHaveLength(2)
  })

  it('keeps no refusal', async () => {
    const { asked, recall } = setup()
    await expect(recall('a', Promise.reject(new Error('away')))).rejects.toThrow('away')
    await recall('a')
    expect(asked).toHaveLength(2)
  })

  it('is asked for again once forgotten, also while an older question is under way', async () => {
    const { asked, recall, remembered } = setup()
    const old = Promise.withResolvers<Answer>()
    const first = recall('a', old.promise)
    remembered.forget()
    await recall('a')
    old.reject(new Error('away'))
    await expect(first).rejects.toThrow('away')
    await recall('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('keeps no more than it may, the latest', async () => {
    const { asked, recall, remembered } = setup(2)
    await recall('a')
    await recall('b')
    await recall('c')
    expect(remembered.size).toBe(2)
    await recall('c')
    await recall('a')
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })
})
