// Which system user Postgres runs as. Postgres refuses to run as root, so that a root process needs another user:
// one of its own, which shares no file with any other service, before one that some other service uses too.

import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'

import { Refusal } from '../../../refusal/refusal.ts'

const run = promisify(execFile)

/** The user Postgres and its tools run as. */
export interface Runner {
  readonly name: string
  /** Given to `spawn`; absent where Postgres runs as the user we are. */
  readonly identity: { readonly uid: number; readonly gid: number } | null
  /** True where this call made the user. */
  readonly made: boolean
}

const ownUserName = 'tenon'
const sharedUserNames = ['postgres', 'nobody']

/**
 * Decides for a data folder: the process's own user unless that is root; else the folder's owner, where it exists;
 * else `tenon`, made if need be; else `postgres`, else `nobody`. Refuses with `engine.no-unprivileged-user`.
 */
export async function chooseRunner(dataFolder: string): Promise<Runner> {
  if (process.getuid?.() !== 0) return { name: ownName(), identity: null, made: false }
  const users = await readUsers()
  const owner = await stat(dataFolder).catch(() => null)
  const ownerName = users.find((user) => user.uid === owner?.uid && user.uid !== 0)
  if (ownerName !== undefined) return runnerFor(ownerName, false)
  const own = users.find((user) => user.name === ownUserName && user.uid !== 0)
  if (own !== undefined) return runnerFor(own, false)
  const made = await makeOwnUser()
  if (made !== undefined) return runnerFor(made, true)
  const shared = sharedUserNames.map((name) => users.find((user) => user.name === name && user.uid !== 0))
  const found = shared.find((user) => user !== undefined)
  if (found !== undefined) return runnerFor(found, false)
  throw new Refusal('engine.no-unprivileged-user', {}, { fix: 'Make a system user: useradd --system tenon.' })
}

function ownName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}

interface SystemUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

function runnerFor(user: SystemUser, made: boolean): Runner {
  return { name: user.name, identity: { uid: user.uid, gid: user.gid }, made }
}

async function readUsers(): Promise<readonly SystemUser[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

/** Two starts at once may both try; the slower one finds the user there afterwards. */
async function makeOwnUser(): Promise<SystemUser | undefined> {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--user-group', ownUserName]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', ownUserName]],
  ]
  for (const [command, words] of ways) {
    await run(command, words, { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } }).catch(() => null)
    const user = (await readUsers()).find((candidate) => candidate.name === ownUserName)
    if (user !== undefined) return user
  }
  return undefined
}
