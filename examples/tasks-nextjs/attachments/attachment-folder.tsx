'use client'

import { RefusalNote } from '../tasks/refusal-note'
import { AttachmentItem } from './attachment-item'
import { FilePicker } from './file-picker'
import { useFolder } from './use-folder'

/** The files of one folder: seen, fetched, removed, added. */
export function AttachmentFolder({ folder }: { readonly folder: string }) {
  const { attachments, upload, refusal, add, remove, download } = useFolder(folder)
  return (
    <>
      <ul>
        {attachments?.map((attachment) => (
          <AttachmentItem
            key={attachment.name}
            attachment={attachment}
            download={() => void download(attachment)}
            remove={() => void remove(attachment)}
          />
        ))}
      </ul>
      {attachments?.length === 0 && <p className="quiet">No files.</p>}
      <FilePicker upload={upload} add={(file) => void add(file)} />
      <RefusalNote refusal={refusal} />
    </>
  )
}
