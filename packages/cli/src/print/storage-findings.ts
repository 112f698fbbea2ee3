// What is wrong with a project's storage, a line each.

import type { StorageExamination, StorageFinding } from 'tenon'

/** One finding, and what became of it. */
export function printFinding(finding: StorageFinding, repaired: boolean): string {
  const [wrong, mended] = wordsFor(finding)
  return repaired ? `${wrong}: ${mended}` : wrong
}

/** The last line. */
export function printExamination({ objects, blobs, found, repaired }: StorageExamination, repair: boolean): string {
  const looked = `${objects} objects and ${blobs} blobs looked at`
  if (found === 0) return `${looked}: all is well.`
  if (found === repaired) return `${looked}: ${found} findings, all repaired.`
  const hint = repair ? '' : ' Say --repair to have it done.'
  return `${looked}: ${found} findings, ${repaired} repaired.${hint}`
}

/** What is wrong, and what was done about it. */
function wordsFor(finding: StorageFinding): readonly [string, string] {
  switch (finding.kind) {
    case 'row-without-bytes':
      return [`${nameOf(finding.object)} has no bytes`, 'its row is removed']
    case 'bytes-without-row':
      return [`Blob ${finding.id} of ${finding.size} bytes belongs to no object`, 'removed']
    case 'bytes-before-row':
      return [`Blob ${finding.id} of ${finding.size} bytes is young, and may belong to an object soon`, 'left']
    case 'size-differs':
      return [`${nameOf(finding.object)} says ${finding.told ?? 'no'} bytes and has ${finding.size}`, 'it says so now']
    case 'etag-differs':
      return [`${nameOf(finding.object)} has other bytes than ${finding.told}`, `it says ${finding.etag} now`]
    case 'uploads-abandoned':
      return [`Uploads that were never ended: ${finding.count}`, 'given up']
  }
}

function nameOf({ bucket, name }: { readonly bucket: string; readonly name: string }): string {
  return `${bucket}/${name}`
}
