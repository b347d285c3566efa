const scheme = /\b(https?|ftp|tg|magnet|ipfs|tox):(\/\/|\?)?(?=[^\s])/gi
const host =
  /(?:(?<=\/\/)|\b)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}(?:onion|i2p|me|to|ru|su|io|cc|gg|st|is|ws|ly|top|xyz|pro|biz|info|net|org|com|example)\b(?=[/:?\s]|$)/giu

/**
 * Text whose links nobody can follow by a click: `hxxps://example[.]com/x`, `abc[.]onion`. Nothing else is changed; the original stands
 * where the cite points. A text that was defanged before stays as it is.
 */
export function defanged(text: string): string {
  if (!/[.:]/.test(text)) return text
  return text
    .replace(scheme, (whole, name: string) =>
      whole.replace(name, /^https?$/i.test(name) ? name.replace(/tt/i, 'xx') : `${name}[:]`).replace('[:]:', '[:]'),
    )
    .replace(
      /(hxxps?:\/\/|ftp\[:\]\/\/)([^\s/?#]+)/gi,
      (_, begin: string, name: string) => begin + name.replace(/(?<!\[)\.(?!\])/g, '[.]'),
    )
    .replace(host, (name) =>
      /\.(?:onion|i2p)$/i.test(name) || /^(?:t\.me|telegra\.ph)$/i.test(name) ? name.replaceAll('.', '[.]') : name,
    )
}
