/** The CSV behind `AUDIT: `, as pgAudit documents it; ROWS only with `pgaudit.log_rows`. */
interface AuditPayload {
  readonly type: 'SESSION' | 'OBJECT'
  readonly statementId: string
  readonly substatementId: string
  readonly class: string
  readonly command: string
  readonly objectType: string
  readonly object: string
  readonly statement: string
  /** The PARAMETER field as written. */
  readonly parameter: string
  readonly rows: string | undefined
}

/** Whether a payload's quotes are closed; an open one goes on in the next line. */
export function payloadComplete(text: string): boolean {
  return text.split('"').length % 2 === 1
}

/** Takes a payload apart; undefined when it is none. */
export function readPayload(text: string): AuditPayload | undefined {
  const cells = csvCells(text)
  if (cells === undefined || (cells.length !== 9 && cells.length !== 10)) return undefined
  const [type, statementId, substatementId, kind, command, objectType, object, statement, parameter, rows] = cells
  if (type !== 'SESSION' && type !== 'OBJECT') return undefined
  if (!/^\d{1,19}$/.test(statementId ?? '') || !/^\d{1,19}$/.test(substatementId ?? '')) return undefined
  return {
    type,
    statementId: statementId ?? '',
    substatementId: substatementId ?? '',
    class: kind ?? '',
    command: command ?? '',
    objectType: objectType ?? '',
    object: object ?? '',
    statement: statement ?? '',
    parameter: parameter ?? '',
    rows,
  }
}

/** The bind values of a PARAMETER field: a list, none, or the reason why they are not there. */
export function readParameters(text: string): readonly string[] | 'not-logged' {
  if (text === '<not logged>' || text === '<previously logged>') return 'not-logged'
  if (text === '<none>' || text === '') return []
  return csvCells(text) ?? 'not-logged'
}

/** The cells of a row of CSV, line breaks in quotes kept; undefined when a quote is wrong. */
export function csvCells(text: string): string[] | undefined {
  const cells: string[] = []
  let at = 0
  while (cells.length < 70_000) {
    if (text[at] === '"') {
      const parts: string[] = []
      let from = at + 1
      for (;;) {
        const close = text.indexOf('"', from)
        if (close === -1) return undefined
        parts.push(text.slice(from, close))
        if (text[close + 1] !== '"') {
          at = close + 1
          break
        }
        parts.push('"')
        from = close + 2
      }
      cells.push(parts.join(''))
      if (at === text.length) return cells
      if (text[at] !== ',') return undefined
    } else {
      const end = text.indexOf(',', at)
      cells.push(end === -1 ? text.slice(at) : text.slice(at, end))
      if (end === -1) return cells
      at = end
    }
    at += 1
  }
  return undefined
}
