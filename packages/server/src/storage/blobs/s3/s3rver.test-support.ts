// s3rver from npm in a process and a folder of its own, on a free port of this machine.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import type { S3Config } from './client/store.ts'

export interface TestS3 extends AsyncDisposable {
  /** How its one bucket is reached. */
  readonly config: S3Config
}

const require = createRequire(import.meta.url)
const PROGRAM = require.resolve('s3rver/bin/s3rver.js')

/** Resolves when it takes requests. On `port` where one is named. */
export async function startS3rver(port = 0): Promise<TestS3> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-s3rver-'))
  const place = ['-d', folder, '-a', '127.0.0.1', '-p', `${port}`, '--configure-bucket', 'tenon', '--silent']
  // Its tokens for pages are enciphered as it was usual once.
  const child = spawn(process.execPath, ['--openssl-legacy-provider', PROGRAM, ...place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const endpoint = `http://127.0.0.1:${await portOf(child)}`
  return {
    config: {
      kind: 's3',
      endpoint,
      region: 'us-east-1',
      bucket: 'tenon',
      prefix: 'blobs/',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      forcePathStyle: true,
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.once('error', reject)
  child.once('exit', (code) => reject(new Error(`s3rver ended with ${code}`)))
  if (child.stdout !== null)
    createInterface(child.stdout).on('line', (line) => {
      const port = /listening on .*:(\d+)/.exec(line)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
  return await promise
}
