import { fault, limits, sha256, type Fault } from '../base/index.ts'
import { looksLikeHtml, pictureKind, readHtml, readPicture, readTelegram, readText } from '../formats/index.ts'
import type { ClaimDocument } from './document.ts'

/**
 * One file about a claim, by its content: picture, Telegram export, HTML page, else text or Markdown.
 * In: the whole file; `zone` is assumed for times that state none. Out: the document (absent when nothing of it could be read)
 * and faults. Throws only when `signal` is aborted.
 */
export async function claimDocument(
  input: { readonly file: string; readonly bytes: Uint8Array },
  options: { readonly zone?: string; readonly signal?: AbortSignal } = {},
): Promise<{ document?: ClaimDocument; faults: Fault[] }> {
  const { file, bytes } = input
  const name = { sha256: sha256(bytes), file }
  if (pictureKind(bytes) !== undefined || /\.(?:png|jpe?g|gif|webp|tiff?)$/i.test(file)) {
    const picture = await readPicture(bytes, { file, ...(options.signal ? { signal: options.signal } : {}) })
    return picture.kind === 'fault' ? { faults: [picture] } : { document: { kind: 'picture', ...name, picture }, faults: [] }
  }
  const head = new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\ufeff/, '')
  if (/^\s*\{/.test(head) && bytes.length <= limits.documentBytes) {
    const zone = options.zone === undefined ? {} : { zone: options.zone }
    const { chats, faults } = readTelegram(bytes, { file, ...zone })
    if (chats.length > 0) return { document: { kind: 'chat', ...name, chats }, faults }
    if (/\.json$/i.test(file)) return { faults }
  }
  const { document, faults } = looksLikeHtml(head) ? readHtml(bytes, { file }) : readText(bytes, { file })
  if (document.paragraphs.length > 0) return { document: { kind: 'article', ...name, ...document }, faults }
  if (faults.length === 0)
    faults.push(fault('claim-file-empty', 'the file holds no text', { file }, 'check that it is the file meant'))
  return { faults }
}
