import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { markHome, sweepHomes } from './copied-homes.ts'

let common: string
let home: string
let lasting: string
const day = 24 * 3600 * 1000

beforeEach(() => {
  common = mkdtempSync(join(tmpdir(), 'tenon-common-'))
  home = join(common, '0123456789ab-0123ab')
  mkdirSync(join(home, 'postgres'), { recursive: true })
  lasting = mkdtempSync('/var/tmp/tenon-project-')
})
afterEach(() => {
  rmSync(common, { recursive: true, force: true })
  rmSync(lasting, { recursive: true, force: true })
})

/** A project with its state folder, whose data is in `home`. */
async function project(folder: string): Promise<string> {
  const state = join(folder, '.tenon')
  mkdirSync(state, { recursive: true })
  await markHome(home, join(state, 'postgres'))
  symlinkSync(join(home, 'postgres'), join(state, 'postgres'))
  return folder
}

async function isLeft(now = Date.now()): Promise<boolean> {
  await sweepHomes([common], now)
  return existsSync(home)
}

describe('the copied data of a project', () => {
  it('stays while the project has it', async () => {
    await project(join(lasting, 'one'))
    expect(await isLeft(Date.now() + 365 * day)).toBe(true)
  })

  it("goes when the project's state was deleted", async () => {
    rmSync(join(await project(join(lasting, 'one')), '.tenon'), { recursive: true })
    expect(await isLeft()).toBe(false)
  })

  it('goes when the state was deleted and made anew with other data', async () => {
    const state = join(await project(join(lasting, 'one')), '.tenon')
    rmSync(join(state, 'postgres'))
    symlinkSync(join(common, 'another'), join(state, 'postgres'))
    expect(await isLeft()).toBe(false)
  })

  it('stays a month when the whole project is gone, as it may have been moved', async () => {
    rmSync(await project(join(lasting, 'one')), { recursive: true })
    expect(await isLeft(Date.now() + 29 * day)).toBe(true)
    expect(await isLeft(Date.now() + 31 * day)).toBe(false)
  })

  it('goes at once with a project in the temporary folder', async () => {
    rmSync(await project(join(common, 'one')), { recursive: true })
    expect(await isLeft()).toBe(false)
  })

  it('stays when the place of the project is gone, such as a disk that is not mounted', async () => {
    await project(join(lasting, 'disk', 'one'))
    rmSync(join(lasting, 'disk'), { recursive: true })
    expect(await isLeft(Date.now() + 365 * day)).toBe(true)
  })

  it('stays when another device is now where the project was', async () => {
    rmSync(await project(join(lasting, 'one')), { recursive: true })
    writeFileSync(
      join(home, 'project.json'),
      JSON.stringify({ kind: 'tenon-data', folder: join(lasting, 'one', '.tenon', 'postgres'), device: -1 }),
    )
    utimesSync(join(home, 'project.json'), 0, 0)
    expect(await isLeft()).toBe(true)
  })

  it('stays without a mark, and so does everything else in the common folder', async () => {
    mkdirSync(join(common, 'binaries'))
    expect(await isLeft()).toBe(true)
    expect(existsSync(join(common, 'binaries'))).toBe(true)
  })
})
