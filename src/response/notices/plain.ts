import { printable } from '../../base/index.ts'

/** Text of evidence or people on one line, with nothing invisible in it. */
export function plain(text: string): string {
  return printable(text).replaceAll(/\s+/g, ' ').trim()
}
