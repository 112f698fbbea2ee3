// What is wrong with a project's storage, a line each.

import type { StorageExamination, StorageFinding } from 'tenon'

/** One finding, and what became of it. */
export function printFinding(finding: StorageFinding, repaired: boolean): string {
  const [wrong, mended] = wordsFor(finding)
  return repaired ? `${wrong}: ${mended}` : wrong
}

/** The last line. */
export function printExamination(
  { objects, blobs, young, found, repaired }: StorageExamination,
  repair: boolean,
): string {
  const looked = `${objects} objects and ${blobs} blobs looked at`
  const rest = young === 0 ? '' : ` ${youngBlobs(young)}`
  if (found === 0) return young === 0 ? `${looked}: all is well.` : `${looked}.${rest}`
  if (found === repaired) return `${looked}: ${found} findings, all repaired.${rest}`
  const hint = repair ? '' : ' Say --repair to have done what can be.'
  return `${looked}: ${found} findings, ${repaired} repaired.${hint}${rest}`
}

function youngBlobs(count: number): string {
  return `${count} blobs have no row, and are younger than orphan_age: uploads under way, or bytes whose rows were lost.`
}

/** What is wrong, and what was done about it. */
function wordsFor(finding: StorageFinding): readonly [string, string] {
  switch (finding.kind) {
    case 'row-without-bytes':
      return [`${nameOf(finding.object)} has no bytes`, 'its row is removed']
    case 'bytes-without-row':
      return [`Blob ${finding.id} of ${finding.size} bytes belongs to no object`, 'removed']
    case 'size-differs':
      return [`${nameOf(finding.object)} says ${finding.told ?? 'no'} bytes and has ${finding.size}`, 'it says so now']
    case 'etag-missing':
      return [`${nameOf(finding.object)} does not say what its bytes come to`, `it says ${finding.etag} now`]
    case 'bytes-damaged':
      return [`${nameOf(finding.object)} is damaged: ${damageOf(finding)}; upload it again or delete it`, 'left']
    case 'uploads-abandoned':
      return [`Uploads that were never ended: ${finding.count}`, 'given up']
    case 'upload-expired':
      return [`The upload of ${nameOf(finding.object)}, begun ${finding.began}, is over; the server ends it`, 'left']
  }
}

function damageOf({ told, size }: { readonly told: number | null; readonly size: number }): string {
  return told === null || told === size ? 'its bytes are not those of its etag' : `it has ${size} of ${told} bytes`
}

function nameOf({ bucket, name }: { readonly bucket: string; readonly name: string }): string {
  return `${bucket}/${name}`
}
