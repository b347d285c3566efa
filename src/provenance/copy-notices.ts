import type { Copy } from './copy.ts'
import type { CopyDetails, CopyNotice } from './copy-details.ts'

/**
 * What was agreed against what was found: fields, form, receipt and days. Column names are compared without case and white space;
 * days in the future are expected of columns that speak of an end, and of the validity of versions.
 */
export function detailNotices(copy: Pick<Copy, 'asOf' | 'sha256' | 'columns' | 'profile'> & CopyDetails): CopyNotice[] {
  const notices: CopyNotice[] = []
  if (copy.fields !== undefined) {
    const agreed = new Set(copy.fields.map(plain))
    const found = new Set(copy.columns.map(({ name }) => plain(name)))
    const further = copy.columns.map(({ name }) => name).filter((name) => !agreed.has(plain(name)))
    const missing = copy.fields.filter((name) => !found.has(plain(name)))
    if (further.length > 0) notices.push({ kind: 'field-not-agreed', fields: further })
    if (missing.length > 0) notices.push({ kind: 'field-missing', fields: missing })
  }
  const { receipt, format, profile } = copy
  for (const what of ['delimiter', 'encoding'] as const) {
    const agreed = format?.[what]
    const found = profile?.written[what]
    if (agreed !== undefined && found !== undefined && found !== '' && plain(agreed) !== plain(found))
      notices.push({ kind: 'format-differs', what, agreed, found })
  }
  if (receipt?.sha256 !== undefined && receipt.sha256 !== copy.sha256)
    notices.push({ kind: 'receipt-other-bytes', received: receipt.sha256, registered: copy.sha256 })
  if (receipt !== undefined && receipt.on < copy.asOf) notices.push({ kind: 'received-before-cut', on: receipt.on })
  for (const column of profile?.columns ?? []) {
    const meaning = copy.columns.find(({ name }) => name === column.name)?.meaning.kind
    const ahead = meaning === 'valid-to' || /end|expir|until|due|next|renew|tamat|akhir/i.test(column.name)
    const week = column.dates?.newest
    if (!ahead && week !== undefined && week > copy.asOf) notices.push({ kind: 'newer-than-cut', column: column.name, week })
  }
  return notices
}

function plain(name: string): string {
  return name === '\t'
    ? name
    : name
        .trim()
        .replaceAll(/[\s_-]+/g, '_')
        .toLowerCase()
}

/** A notice as a sentence; names columns, days and hashes, never a value. */
export function noticeText(notice: CopyNotice): string {
  switch (notice.kind) {
    case 'field-not-agreed':
      return `it holds ${notice.fields.join(', ')}, which the agreement does not list`
    case 'field-missing':
      return `the agreement lists ${notice.fields.join(', ')}, which it does not hold`
    case 'format-differs':
      return `the agreed ${notice.what} is ${JSON.stringify(notice.agreed)}, the file has ${JSON.stringify(notice.found)}`
    case 'receipt-other-bytes':
      return `the receipt is for other bytes (SHA-256 ${notice.received}) than those registered (${notice.registered})`
    case 'newer-than-cut':
      return `${notice.column} holds days of the week of ${notice.week}, after the cut: the day given with it may be wrong`
    case 'received-before-cut':
      return `it was received on ${notice.on}, before the day its values are said to be of`
  }
}
