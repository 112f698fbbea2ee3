// OpenStack Swift on this machine alone: one copy of everything in a temporary folder, and its S3 door.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePorts } from '../../conformance/running-stack.ts'
import { eventually } from '../postmaster.ts'

export interface SwiftServer extends AsyncDisposable {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Debian's, for which Debian's Swift is made. */
const PYTHON = '/usr/bin/python3'
const SERVE = `
import sys
from swift.common import utils
config, name, folder = sys.argv[1:4]
utils.set_swift_dir(folder)
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(config, name))
`
const BUILD_RING = `
import sys
from swift.common.ring import RingBuilder
ring, port = sys.argv[1], int(sys.argv[2])
builder = RingBuilder(6, 1, 0)
builder.add_dev(dict(id=0, region=1, zone=1, weight=1, device='one', ip='127.0.0.1', port=port,
  replication_ip='127.0.0.1', replication_port=port, meta=''))
builder.rebalance()
builder.get_ring().save(ring)
`
const PATIENCE = 60_000

/** Resolves when it answers. Fails with a sentence where it is not installed. */
export async function startSwift(): Promise<SwiftServer> {
  requireSwift()
  const folder = mkdtempSync(join(tmpdir(), 'tenon-swift-'))
  const [proxy = 0, account = 0, container = 0, object = 0] = await freePorts(4)
  mkdirSync(join(folder, 'devices', 'one'), { recursive: true })
  writeFileSync(join(folder, 'swift.conf'), '[swift-hash]\nswift_hash_path_suffix = drill\n')
  const ports = { account, container, object }
  for (const [kind, port] of Object.entries(ports)) layRing(folder, kind, port)
  const servers = Object.entries(ports).map(([kind, port]) =>
    serve(folder, `${kind}-server`, backend(folder, kind, port)),
  )
  servers.push(serve(folder, 'proxy-server', proxyConfig(folder, proxy)))
  const endpoint = `http://127.0.0.1:${proxy}`
  const server: SwiftServer = {
    endpoint,
    accessKeyId: 'drill:admin',
    secretAccessKey: 'secret',
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map(ended))
      rmSync(folder, { recursive: true, force: true })
    },
  }
  // The door answers for itself alone: what stands behind it may still be starting.
  const all = [proxy, account, container, object]
  const areUp = await Promise.all(all.map(async (port) => await eventually(PATIENCE, async () => await isUp(port))))
  if (areUp.every(Boolean)) return server
  await server[Symbol.asyncDispose]()
  throw new Error('Swift does not answer')
}

function requireSwift(): void {
  try {
    execFileSync(PYTHON, ['-c', 'import swift'], { stdio: 'ignore' })
  } catch (error) {
    throw new Error('No Swift: run scripts/install-swift.sh, which says how to get it', { cause: error })
  }
}

/** Where the one copy of each thing is. */
function layRing(folder: string, kind: string, port: number): void {
  execFileSync(PYTHON, ['-c', BUILD_RING, join(folder, `${kind}.ring.gz`), `${port}`])
}

function serve(folder: string, name: string, config: string): ChildProcess {
  const file = join(folder, `${name}.conf`)
  writeFileSync(file, config)
  return spawn(PYTHON, ['-c', SERVE, file, name, folder], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function backend(folder: string, kind: string, port: number): string {
  return `${common(folder, port)}
devices = ${join(folder, 'devices')}
mount_check = false
[pipeline:main]
pipeline = healthcheck ${kind}-server
[filter:healthcheck]
use = egg:swift#healthcheck
[app:${kind}-server]
use = egg:swift#${kind}
`
}

function proxyConfig(folder: string, port: number): string {
  return `${common(folder, port)}
[pipeline:main]
pipeline = catch_errors healthcheck cache listing_formats s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
error_suppression_limit = 0
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
check_bucket_owner = false
allow_no_owner = true
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_drill_admin = secret .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
rate_limit_after_segment = 1000
[filter:dlo]
use = egg:swift#dlo
`
}

function common(folder: string, port: number): string {
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
swift_dir = ${folder}
user = root
log_name = drill
log_level = CRITICAL
log_address = ${join(folder, 'no-log')}`
}

async function isUp(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/healthcheck`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
