'use client'

import type { ChangeEvent } from 'react'

import type { RunningUpload } from './use-folder'

interface Props {
  /** Null while nothing is uploaded. */
  readonly upload: RunningUpload | null
  readonly add: (file: File) => void
}

/** Chooses a file, and shows how far it has come. */
export function FilePicker({ upload, add }: Props) {
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.[0]
    // The same file may be chosen again.
    currentTarget.value = ''
    if (file) add(file)
  }
  if (upload === null) {
    return (
      <label className="picker">
        Attach a file
        <input type="file" onChange={choose} />
      </label>
    )
  }
  return (
    <label className="uploading">
      Uploading {upload.name}: {Math.round(upload.share * 100)} %
      <progress value={upload.share} />
    </label>
  )
}
