// Runs the ceiling in a process of its own, which ends with its answer.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { SignRates, SignRequest } from './sign-alone.ts'

/** What the machine signs, doing nothing else. */
export async function runSignAlone(request: SignRequest): Promise<SignRates> {
  const child = fork(new URL('sign-alone.ts', import.meta.url))
  const gone = once(child, 'exit')
  child.send(request)
  const answered = once(child, 'message').then(([rates]) => rates as SignRates)
  const rates = await Promise.race([answered, gone.then(() => null)])
  if (rates === null) throw new Error('the signing process ended without an answer')
  child.kill()
  await gone
  return rates
}
