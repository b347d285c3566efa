import { writeFileSync } from 'node:fs'
import { documentFormats, type DocumentFormat } from '../response/index.ts'
import { oneOf, usage } from './arguments.ts'
import type { CommandContext } from './command.ts'

/** The format meant: the one named, else the one that the name of the file ends with, else text. */
export function formatMeant(format: string | undefined, out: string | undefined): DocumentFormat {
  if (format !== undefined) return oneOf(format, documentFormats, '--format')
  const ending = /\.(docx|pdf)$/i.exec(out ?? '')?.[1]?.toLowerCase()
  return documentFormats.find((one) => one === ending) ?? 'text'
}

/** A document to a file that only this user can read; text without a file to stdout. */
export function writeDocument(
  context: CommandContext,
  document: { readonly bytes: Uint8Array; readonly format: DocumentFormat; readonly file: string | undefined },
): void {
  const { bytes, format, file } = document
  if (file === undefined) {
    if (format !== 'text') throw usage(`a ${format} is not written to the terminal`, `name the file with --out notice.${format}`)
    return context.terminal.out(new TextDecoder().decode(bytes))
  }
  writeFileSync(file, bytes, { mode: 0o600 })
  context.terminal.err(`written: ${file}\n`)
}
