#!/usr/bin/env node
// The `tenon` command. Plain JavaScript that any Node can read, so that an old one gets a sentence and not a stack trace.

const needed = [22, 18]
const found = process.versions.node.split('.').map(Number)

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error('tenon needs Node ' + needed.join('.') + ' or newer; this is Node ' + process.versions.node + '.')
  process.exitCode = 1
} else {
  void import('@tenon/cli').then(function (cli) {
    return cli.main(process.argv.slice(2))
  })
}
