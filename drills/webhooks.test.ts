import { createClerkClient } from '@clerk/backend'
import { expect, test } from 'vitest'

import { projectFolder, type RunningStack, startStack } from '../conformance/running-stack.ts'
import { openReceiver, type Receiver } from '../packages/clerk/src/outbox/webhooks/receiver.test-support.ts'
import { eventually } from './postmaster.ts'

const PEOPLE_A_ROUND = 25
const ROUNDS = 3

test('a server that is killed between delivering an event and hearing that it arrived loses none', async () => {
  const receiver = await openReceiver()
  const settings = '[clerk.webhook_delivery]\nretry_delays = [1, 1, 1, 1, 1, 1]\ntimeout = 2\nlease = 3\n'
  const webhook = `[[clerk.webhooks]]\nurl = "${receiver.url}"\nevents = ["user.created"]\n`
  const folder = projectFolder({ 'supabase/config.toml': `${settings}${webhook}` })
  const unacknowledged: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const stack = await startStack({ folder })
    unacknowledged.push(await killDuringDelivery(stack, receiver, round))
  }

  await using stack = await startStack({ folder })
  receiver.answer = () => 204
  const made = await peopleOf(stack)
  expect(made.length).toBeGreaterThan(ROUNDS)
  await eventually(60_000, async () => made.every((id) => receivedPeople(receiver).has(id)))
  const lost = made.filter((id) => !receivedPeople(receiver).has(id))
  expect(lost, `lost ${lost.length} of ${made.length} events`).toEqual([])
  for (const id of unacknowledged) {
    const times = (): number => receiver.received.filter((received) => received.id === id).length
    expect(await eventually(60_000, async () => times() > 1), `${id} was never delivered again`).toBe(true)
  }
  await receiver.close()
})

test('a server that is killed while the mirror follows it ends with everybody mirrored', async () => {
  const settings = '[clerk.webhook_delivery]\nretry_delays = [1, 1, 1, 1, 1, 1]\ntimeout = 2\nlease = 3\n'
  const folder = projectFolder({ 'supabase/config.toml': `${settings}[clerk.mirror]\nenabled = true\n` })
  for (let round = 0; round < ROUNDS; round += 1) {
    const stack = await startStack({ folder })
    const ended = new Promise((done) => stack.process.once('exit', done))
    const creating = createPeople(stack, round)
    await eventually(10_000, async () => (await mirrored(stack)).length > 5 * (round + 1))
    stack.process.kill('SIGKILL')
    await Promise.all([ended, creating])
  }
  await using stack = await startStack({ folder })
  const made = [...(await peopleOf(stack))].sort()
  const complete = await eventually(60_000, async () => (await mirrored(stack)).length === made.length)
  expect(complete, `${made.length - (await mirrored(stack)).length} of ${made.length} are missing`).toBe(true)
  expect(await mirrored(stack)).toEqual(made)
})

async function mirrored(stack: RunningStack): Promise<readonly string[]> {
  const headers = { apikey: stack.line('SECRET_KEY') }
  const answer = await fetch(`${stack.line('REST_URL')}/clerk_users?select=id`, { headers })
  return ((await answer.json()) as { id: string }[]).map(({ id }) => id).sort()
}

/** Kills the server while the receiver holds an event that it has read and not yet acknowledged. Returns that event's id. */
async function killDuringDelivery(stack: RunningStack, receiver: Receiver, round: number): Promise<string> {
  let held: string | null = null
  const begun = receiver.received.length
  receiver.answer = ({ id }) => {
    if (receiver.received.length - begun < 5) return 204
    held = id
    stack.process.kill('SIGKILL')
    return 'silence'
  }
  const ended = new Promise((done) => stack.process.once('exit', done))
  await Promise.all([ended, createPeople(stack, round)])
  if (held === null) throw new Error('the server died before it delivered')
  return held
}

/** As many as get through before the end. */
async function createPeople(stack: RunningStack, round: number): Promise<void> {
  const clerk = clientOf(stack)
  const emails = Array.from({ length: PEOPLE_A_ROUND }, (_, index) => `drill-${round}-${index}@example.com`)
  await Promise.all(emails.map((email) => clerk.users.createUser({ emailAddress: [email] }).catch(() => null)))
}

function clientOf(stack: RunningStack): ReturnType<typeof createClerkClient> {
  return createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
}

async function peopleOf(stack: RunningStack): Promise<readonly string[]> {
  const { data } = await clientOf(stack).users.getUserList({ limit: 500 })
  return data.map(({ id }) => id)
}

function receivedPeople({ received }: Receiver): ReadonlySet<string> {
  return new Set(received.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id))
}
