import { printable } from '../base/index.ts'

/** Text from evidence or people inside Markdown: nothing in it can become a heading, a link, a picture or markup. */
export function markdownText(text: string): string {
  return printable(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>|~#!]/g, (character) => `\\${character}`)
}
