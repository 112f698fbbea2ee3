import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { expect, it } from 'vitest'

import { sendSignal, sendSignalToGroup } from './send-signal.ts'

it.each([0, -1, 1, Number.NaN, null, undefined])('refuses %s, which is no process that a test has started', (pid) => {
  expect(() => sendSignal(pid, 'SIGCONT')).toThrow('no process to send a signal to')
  expect(() => sendSignalToGroup(pid, 'SIGCONT')).toThrow('no process to send a signal to')
})

it('reaches a process, and a whole group by its leader', async () => {
  for (const send of [sendSignal, sendSignalToGroup]) {
    const child = spawn('sleep', ['60'], { detached: true })
    send(child.pid, 'SIGTERM')
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
  }
})
