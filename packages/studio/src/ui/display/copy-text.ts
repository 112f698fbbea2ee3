// The way to the clipboard, with words for both ends.

import { toast } from '../overlay/toast.tsx'

/** Copies a text, and says `said`; null says nothing. False, and a notice, where the browser did not allow it. */
export async function copyText(text: string, said: string | null = 'Copied.'): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    toast.bad('The browser did not allow copying. Select the text and copy it by hand.')
    return false
  }
  if (said !== null) toast.good(said)
  return true
}
