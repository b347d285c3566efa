const patterns: readonly (readonly [RegExp, string])[] = [
  // Passwords of WinRAR and 7-Zip, of PuTTY's tools, of database clients, and hashes of pass-the-hash tools.
  [/(\s-{1,2}hp)[^\s-]\S*/g, '$1***'],
  [/(\s-p)(?=[^\s-]*[^\s\d-])\S+/g, '$1***'],
  [/(\s-pw\s+)\S+/g, '$1***'],
  [/([/-](?:password|pass|pwd|p)[:=])\S+/gi, '$1***'],
  [/(\b(?:PGPASSWORD|MYSQL_PWD|password|passwd|pwd)\s?=\s?)[^\s&;]+/gi, '$1***'],
  [/(\bnet1?(?:\.exe)?\s+user\s+\S+\s+)(?!\/)\S+/gi, '$1***'],
  [/(\b(?:ntlm|hash|aes256|rc4)[:=])[0-9a-f]{16,}/gi, '$1***'],
]

/** A command line as sentences may quote it: passwords and hashes are starred out; the cited record keeps them. */
export function withoutSecrets(command: string): string {
  return patterns.reduce((text, [pattern, starred]) => text.replace(pattern, starred), command)
}
