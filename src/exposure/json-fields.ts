import { printable } from '../base/index.ts'

/** A text on one line, unprintable characters shown, at most so long; undefined when absent or empty. */
export function textOf(value: unknown, longest = 500): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = printable(
    value
      .slice(0, longest * 2)
      .replace(/\s+/g, ' ')
      .trim(),
  ).slice(0, longest)
  return text === '' ? undefined : text
}

/** The day of an ISO moment: `YYYY-MM-DD`. */
export function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined
}

/** A CVE id in its usual writing. */
export function cveOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^CVE-\d{4}-\d{4,19}$/i.exec(value.trim())?.[0].toUpperCase() : undefined
}
