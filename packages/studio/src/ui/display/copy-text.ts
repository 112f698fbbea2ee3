// Copying from a menu, where no button can say that it was done.

import { toast } from '../../ui/overlay/toast.tsx'

/** Copies a text and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast.good('Copied.')
  } catch {
    toast.bad('The browser did not allow copying. Select the text and copy it by hand.')
  }
}
