// Files that the page makes.

/** Milliseconds after which no browser still reads what it was handed. */
const READ = 60_000

/** Hands a text or bytes to the browser as a download. */
export function saveFile(name: string, content: string | Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content]))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), READ)
}
