#!/usr/bin/env node
// The `tenon` command. Plain JavaScript that any Node can read, so that an old one gets a sentence and not a stack trace.

const needed = [22, 18]
const found = process.versions.node.split('.').map(Number)

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error('tenon needs Node ' + needed.join('.') + ' or newer; this is Node ' + process.versions.node + '.')
  process.exitCode = 1
} else {
  // Node reads and writes files on four threads where nobody says otherwise, and each sync of an upload holds one for as
  // long as the disk takes. To be said before the first of them starts.
  if (process.env.UV_THREADPOOL_SIZE === undefined) process.env.UV_THREADPOOL_SIZE = '16'
  void import('@tenon/cli').then(function (cli) {
    return cli.main(process.argv.slice(2))
  })
}
