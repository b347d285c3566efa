// Letters that are the lower case of nothing, or of a letter that has another lower case too.
const merged: Readonly<Record<string, string>> = { ς: 'σ', ſ: 's' }

const beyondAscii = /[^\u0000-\u007f]/

/**
 * Text without the difference of upper and lower case, character by character: unlike `toLowerCase` a part of a
 * text folds to the same part of the folded text (final sigma and length-changing letters do not), so that
 * `contains` can search folded text.
 */
export function fold(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase()
  let folded = ''
  for (const character of text) {
    const lower = character.toLowerCase()
    folded += lower.length === character.length ? (merged[lower] ?? lower) : character
  }
  return folded
}
