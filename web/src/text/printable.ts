// C0 and C1 controls but tab and newline; bidirectional and zero-width controls; line separators; variation and tag characters.
const unsafe =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/** Text from evidence as it may stand on the page: control, bidirectional and invisible characters written as `\u{202e}`. */
export function printable(text: string): string {
  return text.toWellFormed().replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}
