import { unreachable } from '../../base/index.ts'
import { documentDocx } from './document-docx.ts'
import { documentPdf, type PdfFonts } from './document-pdf.ts'
import { documentText } from './document-text.ts'
import type { NoticeDocument } from './document.ts'
import type { DocumentFormat } from './filed.ts'

/** A document in a format, as bytes; the same document gives the same bytes. Fonts are asked for only where they are embedded. */
export async function renderDocument(
  document: NoticeDocument,
  options: { readonly format: DocumentFormat; readonly fonts: () => PdfFonts },
): Promise<Uint8Array> {
  switch (options.format) {
    case 'text':
      return new TextEncoder().encode(documentText(document))
    case 'docx':
      return documentDocx(document)
    case 'pdf':
      return documentPdf(document, options.fonts())
    default:
      return unreachable(options.format)
  }
}
