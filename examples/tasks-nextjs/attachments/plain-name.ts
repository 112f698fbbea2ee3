// Names of objects are letters, digits and a few signs; names of files are anything.

/** `Übersicht (1).png` is `Ubersicht (1).png`; what has no plain form is an underscore. */
export function plainName(fileName: string): string {
  return fileName
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^\w.!'() &$=@;:+,-]/g, '_')
}
