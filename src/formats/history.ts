/** Commands typed at a shell, or at a client of a database. */
export type HistoryKind = 'shell' | 'client'

/** Names that shells and clients give their histories, as bash(1), zsh, psql(1), mysql(1) and the clients' manuals say. */
const names: readonly (readonly [RegExp, HistoryKind, string])[] = [
  [/(?:^|[/\\])\.?(?:bash|zsh|ash|ksh|sh|fish)_history(?:[-.]\d{1,8})?(?:\.txt)?$/i, 'shell', 'history of a shell'],
  [/(?:^|[/\\])\.?histfile$/i, 'shell', 'history of a shell'],
  [/(?:^|[/\\])ConsoleHost_history\.txt$/i, 'shell', 'history of PowerShell'],
  [
    /(?:^|[/\\])\.?(?:psql|mysql|mariadb|sqlite|clickhouse-client|cqlsh|mongosh_repl|usql|mycli|pgcli)[-_]history(?:-\w{1,60})?(?:\.txt)?$/i,
    'client',
    'history of a database client',
  ],
  [/(?:^|[/\\])\.dbshell$/i, 'client', 'history of a database client'],
]

/** Whether a name is one that a shell or a client gives its history; such files are hidden where they lie. */
export function isHistoryName(name: string): boolean {
  return names.some(([pattern]) => pattern.test(name))
}

/** Words that begin what is typed at a client of a database. */
const typed =
  /^(?:_HiStOrY_V2_|\\|\.|(?:select|sel|with|insert|update|delete|show|use|set|desc|describe|create|drop|alter|grant|explain|copy|begin|exit|quit|connect|db\.)\b)/i

/**
 * What a text is whose name is that of a history; undefined for other names, and where the content speaks against it: a page, JSON, or for a client no line that begins
 * like what is typed there. A history with times stays the log it is.
 */
export function historyIn<Seen extends { readonly kind: string; readonly seen: string; readonly records?: string }>(
  name: string,
  { text, seen }: { readonly text: string; readonly seen: Seen },
):
  | (Seen & { readonly history: HistoryKind })
  | { readonly kind: 'text'; readonly seen: string; readonly history: HistoryKind }
  | undefined {
  if (seen.seen === 'shell history with times') return { ...seen, history: 'shell' }
  const found = names.find(([pattern]) => pattern.test(name))
  if (found === undefined || ['html', 'jsonl', 'telegram', 'pgaudit'].includes(seen.kind)) return undefined
  const [, history, what] = found
  const lines = text.split('\n', 500)
  if (history === 'client' && !lines.some((line) => typed.test(line.trimStart()))) return undefined
  if (history === 'shell' && lines.some((line) => /^(?:#\d{9,11}|: \d{9,11}:\d{1,9};.*)$/.test(line)))
    return { kind: 'text', seen: `${what}, some of it with times`, history }
  return { kind: 'text', seen: what, history }
}
