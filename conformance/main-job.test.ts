import { rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { proveMainJob } from '../examples/tasks-nextjs/main-job/prove-main-job.ts'
import { whyNotHere } from '../examples/tasks-nextjs/main-job/why-not-here.ts'
import { projectFolder, startStack } from './running-stack.ts'

test('each person sees her own rows and nobody unverified sees any, again after a restart on the same data', async () => {
  const folder = projectFolder()
  for (const round of ['first', 'second']) {
    const stack = await startStack({ folder })
    const rows = await proveMainJob(stack.lines)
    expect(
      rows.filter((row) => !row.asPromised),
      `${round} round`,
    ).toEqual([])
    expect(rows).toHaveLength(6)
    expect(await stack.stop(), stack.output()).toBe(0)
  }
  rmSync(folder, { recursive: true })
})

test('the main job runs twice on one running stack and finds the same people again', async () => {
  await using stack = await startStack()
  expect(await whyNotHere(stack.lines)).toBeNull()
  const first = await proveMainJob(stack.lines)
  const second = await proveMainJob(stack.lines)
  expect(second.every((row) => row.asPromised)).toBe(true)
  expect([first[0]?.ownTasks, second[0]?.ownTasks]).toEqual(['1 task', '2 tasks'])
})

test('a project without the example’s tables, or without Clerk, is told why the main job is left out', async () => {
  await using stack = await startStack({ empty: true })
  expect(await whyNotHere(stack.lines)).toMatch(/left out: .* no table tasks and no table organization_tasks\.$/)
  const { CLERK_SECRET_KEY: _off, ...without } = stack.lines
  expect(await whyNotHere(without)).toMatch(/left out: .* Clerk instance, which is off here\.$/)
})
