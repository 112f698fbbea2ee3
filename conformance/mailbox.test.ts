// The mailbox of a running stack: where it is, and what its page and its JSON say.

import { expect, test } from 'vitest'

import { projectFolder, startStack, tenon } from './running-stack.ts'

test('the mailbox of a stack takes messages and shows them as a page and as JSON', async () => {
  await using stack = await startStack({ empty: true })
  const mailbox = stack.line('MAILBOX_URL')
  const message = { id: 'm1', source: 'test', channel: 'sms', recipient: '+15555550100', text: 'Your code is 424242' }
  const handed = await fetch(`${mailbox}/api/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  })
  expect(handed.status).toBe(201)
  const listed = await fetch(`${mailbox}/api/v1/messages?recipient=%2B15555550100`)
  expect(await listed.json()).toMatchObject({ messages: [message], total: 1 })
  expect(await (await fetch(mailbox)).text()).toContain('Your code is 424242')
})

test('upstream’s [inbucket] turns the mailbox off, and then no status line names it', async () => {
  await using stack = await startStack({ files: { 'supabase/config.toml': '[inbucket]\nenabled = false\n' } })
  expect(stack.lines).not.toHaveProperty('MAILBOX_URL')
})

test('a mailbox that strangers could read is refused unless it is meant', async () => {
  const folder = projectFolder({ 'supabase/config.toml': '[mailbox]\nhost = "0.0.0.0"\n' })
  await expect(tenon(folder, 'start')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/development mailbox[\s\S]*\[mailbox\] allow_production/),
  })
})
