import { invariant } from '../base/index.ts'

/** A pattern as an SQL string in RE2's syntax: `\u200B` becomes `\x{200B}`, everything else is common to both. */
export function re(pattern: RegExp): string {
  invariant(!pattern.source.includes("'"), 'no quotes in shared patterns')
  const source = pattern.source.replaceAll(/\\u([0-9A-F]{4})/g, '\\x{$1}').replaceAll('\\/', '/')
  return `'${source.replaceAll('\\', '\\\\')}'`
}
