import type { AccessRecord } from './parse-line.ts'

/** The columns that a `#Fields:` line names; undefined for another line. */
export function w3cFields(line: string): readonly string[] | undefined {
  return line.startsWith('#Fields:')
    ? line
        .slice(8)
        .trim()
        .split(/[ \t]+/)
        .slice(0, 100)
    : undefined
}

/**
 * A line of a W3C extended log (IIS) under its columns. Its times are UTC by the format's definition, so the zone counts
 * as stated. Undefined when the line has not as many fields as there are columns.
 */
export function parseW3cLine(text: string, line: number, columns: readonly string[]): AccessRecord | undefined {
  const cells = text.split(/[ \t]+/, columns.length + 1)
  if (cells.length !== columns.length) return undefined
  const cell = (...names: readonly string[]): string => {
    const index = columns.findIndex((column) => names.includes(column.toLowerCase()))
    const value = index === -1 ? '-' : (cells[index] ?? '-')
    return value === '-' ? '' : value
  }
  const path = cell('cs-uri-stem')
  const query = cell('cs-uri-query')
  const timeText = `${cell('date')} ${cell('time')}`.trim()
  return {
    line,
    vhost: cell('cs-host'),
    server: cell('s-computername') || cell('s-ip'),
    client: cell('c-ip'),
    user: cell('cs-username'),
    timeText,
    time: timeText.length === 19 ? `${timeText.replace(' ', 'T')}Z` : '',
    method: cell('cs-method'),
    target: query === '' ? path : `${path}?${query}`,
    path,
    query,
    version: cell('cs-version'),
    status: cell('sc-status'),
    bytes: cell('sc-bytes'),
    // The format writes spaces in these fields as plus signs.
    referer: cell('cs(referer)'),
    agent: cell('cs(user-agent)').replaceAll('+', ' '),
  }
}
