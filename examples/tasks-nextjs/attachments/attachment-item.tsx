'use client'

import { sizeInWords } from './size-in-words'
import type { Attachment } from './use-folder'

interface Props {
  readonly attachment: Attachment
  readonly download: () => void
  readonly remove: () => void
}

/** A file in the list: what it looks like, where it is an image, its name and how large it is. */
export function AttachmentItem({ attachment: { name, size, thumbnail }, download, remove }: Props) {
  return (
    <li className="attachment">
      {/* The server renders it in this size, so that a photo of ten megabytes costs a few thousand bytes here. */}
      {thumbnail === null ? <span aria-hidden="true">▤</span> : <img src={thumbnail} alt="" width={48} height={48} />}
      <button type="button" className="link" aria-label={`Download ${name}`} onClick={download}>
        {name}
      </button>
      <small>{sizeInWords(size)}</small>
      <button type="button" aria-label={`Delete ${name}`} onClick={remove}>
        ×
      </button>
    </li>
  )
}
