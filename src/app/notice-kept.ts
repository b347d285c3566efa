import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { sha256, UserError } from '../base/index.ts'
import type { DocumentFormat, FiledNotice } from '../response/index.ts'
import type { Workspace } from './workspace.ts'

const endings: Readonly<Record<DocumentFormat, string>> = { text: 'txt', docx: 'docx', pdf: 'pdf' }

/** Where the documents of a filed notice lie: `cases/ID/reports/notices/notice-1.pdf`, readable by this user only. */
function keptPath(workspace: Pick<Workspace, 'path'>, caseId: string, name: string): string {
  return workspace.path('cases', caseId, 'reports', 'notices', name)
}

/** Keeps the documents of a notice as they went out. */
export function keepDocuments(
  workspace: Pick<Workspace, 'path'>,
  caseId: string,
  documents: readonly { readonly number: string; readonly format: DocumentFormat; readonly bytes: Uint8Array }[],
): void {
  mkdirSync(keptPath(workspace, caseId, ''), { recursive: true, mode: 0o700 })
  for (const { number, format, bytes } of documents)
    writeFileSync(keptPath(workspace, caseId, `${number}.${endings[format]}`), bytes, { mode: 0o600 })
}

/** A filed notice as it went out; its text comes from the ledger. Throws a `UserError` where the file is gone or not the one that was filed. */
export function readKept(
  workspace: Pick<Workspace, 'path'>,
  caseId: string,
  asked: { readonly notice: FiledNotice; readonly format: DocumentFormat },
): Uint8Array {
  const { notice, format } = asked
  if (format === 'text') return new TextEncoder().encode(notice.body)
  const path = keptPath(workspace, caseId, `${notice.number}.${endings[format]}`)
  const bytes = existsSync(path) ? readFileSync(path) : undefined
  const filed = notice.documents.find((one) => one.format === format)?.sha256
  if (bytes !== undefined && sha256(bytes) === filed) return bytes
  throw new UserError({
    code: 'notice-differs',
    message: `the ${format} of ${notice.number} ${bytes === undefined ? 'is gone' : 'is not the one that was filed'}`,
    hint: `its text as filed is kept in the ledger: breachline notice show ${notice.number} --format text`,
  })
}
