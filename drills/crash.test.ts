import { sendSignal } from '@tenon/testing'
import { expect, test } from 'vitest'

import { projectFolder, startStack } from '../conformance/running-stack.ts'
import { eventually, isGone, postmasterOf } from './postmaster.ts'

test('a server that is killed leaves no Postgres behind, and the next start recovers the data', async () => {
  const folder = projectFolder()
  const killed = await startStack({ folder })
  const postmaster = await postmasterOf(killed.line('DB_URL'))
  await addTask(killed.line('API_URL'), killed.line('SECRET_KEY'))
  killed.process.kill('SIGKILL')
  expect(await isGone(postmaster, 15_000), 'Postgres outlived its server').toBe(true)

  await using again = await startStack({ folder })
  expect(await countTasks(again.line('API_URL'), again.line('SECRET_KEY'))).toBe(1)
})

test('a stopped server leaves no Postgres behind and ends with 0', async () => {
  const stack = await startStack()
  const postmaster = await postmasterOf(stack.line('DB_URL'))
  expect(await stack.stop(), stack.output()).toBe(0)
  expect(await isGone(postmaster, 1000)).toBe(true)
})

test('a Postgres that is killed is started again, and the API answers as before', async () => {
  await using stack = await startStack()
  const [api, key] = [stack.line('API_URL'), stack.line('SECRET_KEY')]
  await addTask(api, key)
  sendSignal(await postmasterOf(stack.line('DB_URL')), 'SIGKILL')
  const recovered = await eventually(30_000, async () => (await countTasks(api, key)) === 1)
  expect(recovered, stack.output()).toBe(true)
  expect(stack.output()).toMatch(/Postgres/)
})

test('while Postgres is away a request is told so with a 503, and the process stays up', async () => {
  await using stack = await startStack()
  const [api, key] = [stack.line('API_URL'), stack.line('SECRET_KEY')]
  sendSignal(await postmasterOf(stack.line('DB_URL')), 'SIGKILL')
  const statuses = new Set<number>()
  await eventually(30_000, async () => {
    const { status } = await fetch(`${api}/rest/v1/tasks`, { headers: { apikey: key } })
    statuses.add(status)
    return status === 200
  })
  expect(
    [...statuses].every((status) => [200, 500, 503].includes(status)),
    [...statuses].join(),
  ).toBe(true)
  expect(statuses.has(200)).toBe(true)
})

async function addTask(api: string, key: string): Promise<void> {
  const response = await fetch(`${api}/rest/v1/tasks`, {
    method: 'POST',
    headers: { apikey: key, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'survive', user_id: 'user_drill' }),
  })
  expect(response.status, await response.text()).toBe(201)
}

async function countTasks(api: string, key: string): Promise<number | null> {
  const response = await fetch(`${api}/rest/v1/tasks?select=id`, { headers: { apikey: key } })
  return response.ok ? ((await response.json()) as unknown[]).length : null
}
