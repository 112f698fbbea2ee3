import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { StorageClient } from '@supabase/storage-js'
import { expect, test } from 'vitest'

import { type RunningStack, startStack, tenon } from '../../conformance/running-stack.ts'
import { tokenFor } from '../realtime/tokens.ts'
import { chanceFrom } from './faults/random.ts'
import { Worker, type World } from './faults/worker.ts'

const ROUNDS = 8
const PEOPLE = ['ada', 'bob', 'cy', 'dee', 'eve', 'fay']
/** Each person has a folder, and sees no other. */
const MIGRATION = `
  insert into storage.buckets (id, name) values ('vault', 'vault');
  create policy own on storage.objects for all to authenticated
    using (bucket_id = 'vault' and (storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'))
    with check (bucket_id = 'vault' and (storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'));
`

test(
  `a server that is killed ${ROUNDS} times amid uploads, moves, copies and deletions has lost nothing that it acknowledged`,
  { timeout: 300_000 },
  async () => {
    const seed = Number(process.env['TENON_SEED'] ?? Date.now() % 1_000_000)
    console.log(`TENON_SEED=${seed}`)
    const chance = chanceFrom(seed)
    const workers = PEOPLE.map((person) => new Worker(person, chanceFrom(chance.below(1e9))))
    const folder = projectFolder()
    for (let round = 0; round < ROUNDS; round += 1) {
      await using stack = await startStack({ folder })
      await check(stack, workers)
      await workUntilKilled(stack, workers, 5 + chance.below(40))
    }
    await using stack = await startStack({ folder })
    await check(stack, workers)
    const { stdout } = await tenon(folder, 'doctor', 'storage', '--repair', '--age', '0')
    console.log(stdout)
    const healthy = await tenon(folder, 'doctor', 'storage', '--deep', '--age', '0')
    expect(healthy.stdout).toContain('all is well')
    await check(stack, workers)
    await stack.stop()
    rmSync(folder, { recursive: true })
  },
)

function projectFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-faults-'))
  mkdirSync(join(folder, 'supabase', 'migrations'), { recursive: true })
  writeFileSync(join(folder, 'supabase', 'migrations', '20260101000000_vault.sql'), MIGRATION)
  return folder
}

/** After so many answers the process is gone, whatever the others are at. */
async function workUntilKilled(stack: RunningStack, workers: readonly Worker[], answers: number): Promise<void> {
  let left = answers
  const ended = new Promise((done) => stack.process.once('exit', done))
  const answered = (): void => {
    left -= 1
    if (left === 0) stack.process.kill('SIGKILL')
  }
  await Promise.all(workers.map(async (worker) => await worker.work(await clientOf(stack, worker.person), answered)))
  await ended
}

/** Everybody sees what she was told, or what was under way; and nobody sees anything of another's. */
async function check(stack: RunningStack, workers: readonly Worker[]): Promise<void> {
  for (const [index, worker] of workers.entries()) {
    const seen = await worker.see(await clientOf(stack, worker.person))
    const possible = [worker.world, ...(worker.pending === null ? [] : [worker.pending])].map(plain)
    expect(possible, `what ${worker.person} sees`).toContainEqual(plain(seen))
    worker.world = seen
    worker.pending = null
    const other = workers[(index + 1) % workers.length] ?? worker
    expect(plain(await worker.see(await clientOf(stack, other.person))), `what ${other.person} sees of it`).toEqual({})
  }
}

function plain(world: World): Readonly<Record<string, string>> {
  return Object.fromEntries([...world].toSorted(([a], [b]) => a.localeCompare(b)))
}

async function clientOf(stack: RunningStack, person: string): Promise<StorageClient> {
  const token = await tokenFor(stack.line('JWT_SECRET'), person, 3600)
  return new StorageClient(`${stack.line('API_URL')}/storage/v1`, {
    apikey: stack.line('ANON_KEY'),
    Authorization: `Bearer ${token}`,
  })
}
