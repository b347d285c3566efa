import { fault, isoMicros, limits, parseIso, wellFormed, type Fault, type Moment, type Place } from '../../base/index.ts'
import type { TelegramAttachment, TelegramChat, TelegramPost } from './export.ts'

type Json = { readonly [key: string]: unknown }

/** True when parsed JSON has the shape of a Telegram Desktop export (one chat or a whole account). */
function isTelegramExport(value: unknown): boolean {
  if (!isObject(value)) return false
  if (Array.isArray(value['messages'])) return true
  const chats = value['chats']
  return isObject(chats) && Array.isArray(chats['list'])
}

/**
 * Reads a Telegram Desktop `result.json`. In: its bytes; `zone` is assumed for times without one (older exports).
 * Out: chats with posts in the order of the file; service messages are counted in `record` but give no post.
 * A message that cannot be read, a path that leaves the export's folder, a time that is none: a fault, and reading goes on.
 */
export function readTelegram(
  bytes: Uint8Array,
  options: { readonly file: string; readonly zone?: string },
): { chats: TelegramChat[]; faults: Fault[] } {
  const { file } = options
  const stop = (code: string, what: string, todo: string) => ({ chats: [], faults: [fault(code, what, { file }, todo)] })
  if (bytes.length > limits.documentBytes)
    return stop(
      'telegram-too-large',
      `the export has ${bytes.length} bytes, more than ${limits.documentBytes}`,
      'export fewer chats',
    )
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8').decode(bytes)) as unknown
  } catch {
    return stop('telegram-not-json', 'the export is not complete JSON', 'export the chat again and hand in result.json as it is')
  }
  if (!isObject(value) || !isTelegramExport(value))
    return stop('telegram-not-an-export', 'the JSON is no Telegram Desktop export', 'hand in result.json of the export')
  const list = Array.isArray(value['messages']) ? [value] : ((value['chats'] as Json)['list'] as unknown[])
  const faults: Fault[] = []
  const reader = { file, faults, record: 0, ...(options.zone === undefined ? {} : { zone: options.zone }) }
  const chats: TelegramChat[] = []
  for (const chat of list) {
    if (!isObject(chat) || !Array.isArray(chat['messages'])) {
      faults.push(fault('telegram-chat-unreadable', 'a chat of the export has no list of messages', { file }, 'export it again'))
      continue
    }
    chats.push({
      name: text(chat['name']),
      type: text(chat['type']),
      id: idText(chat['id']),
      posts: posts(chat['messages'] as unknown[], { ...reader, chat: text(chat['name']) }, reader),
    })
  }
  return { chats, faults }
}

interface Reader {
  readonly file: string
  readonly zone?: string
  readonly faults: Fault[]
  readonly chat: string
}

function posts(messages: readonly unknown[], reader: Reader, count: { record: number }): TelegramPost[] {
  const found: TelegramPost[] = []
  for (const message of messages) {
    count.record += 1
    if (count.record > limits.posts) {
      const what = `the export has more than ${limits.posts} messages; the rest was not read`
      reader.faults.push(fault('telegram-too-many', what, { file: reader.file, record: count.record }, 'export a shorter period'))
      break
    }
    const where = { file: reader.file, record: count.record }
    if (!isObject(message)) {
      reader.faults.push(fault('telegram-message-unreadable', 'a message is no object', where, 'open the export by hand', 1))
      continue
    }
    if (message['type'] === 'service') continue
    found.push(post(message, where, reader))
  }
  return found
}

function post(message: Json, where: Place & { record: number }, reader: Reader): TelegramPost {
  const at = moment(message['date_unixtime'], message['date'], { where, reader, field: 'date' })
  const editedAt = moment(message['edited_unixtime'], message['edited'], { where, reader, field: 'edited' })
  const words = wellFormed(messageText(message['text']).slice(0, limits.fieldChars))
  if (words.changed)
    reader.faults.push(
      fault('text-ill-formed', 'text holds half characters, shown as U+FFFD', { ...where, field: 'text' }, 'nothing to do'),
    )
  const from = text(message['from']) || text(message['author']) || reader.chat
  const forwardedFrom = text(message['forwarded_from'])
  const replyTo = idText(message['reply_to_message_id'])
  return {
    record: where.record,
    id: idText(message['id']),
    ...(at ? { at } : {}),
    // Exports write 1970 for messages that were never edited.
    ...(editedAt && !editedAt.at.startsWith('1970-01-01') ? { editedAt } : {}),
    ...(from ? { from } : {}),
    text: words.text,
    ...(replyTo ? { replyTo } : {}),
    ...(forwardedFrom ? { forwardedFrom } : {}),
    attachments: attachments(message, where, reader),
  }
}

function moment(unix: unknown, local: unknown, context: { where: Place; reader: Reader; field: string }): Moment | undefined {
  const seconds = typeof unix === 'string' || typeof unix === 'number' ? String(unix) : ''
  if (/^\d{1,11}$/.test(seconds)) return { at: isoMicros(Number(seconds) * 1000), zone: 'stated' }
  if (local === undefined) return undefined
  const read = typeof local === 'string' ? parseIso(local, context.reader.zone) : undefined
  if (read) return { ...read, text: local as string }
  const where = { ...context.where, field: context.field }
  context.reader.faults.push(
    fault('telegram-time-unreadable', 'the time of a message cannot be read', where, 'the post is kept without it'),
  )
  return undefined
}

function attachments(message: Json, where: Place, reader: Reader): TelegramAttachment[] {
  const found: TelegramAttachment[] = []
  for (const what of ['photo', 'file'] as const) {
    const path = text(message[what])
    if (path === '') continue
    const absent = path.startsWith('(')
    const name = absent ? text(message['file_name']) : path
    if (escapes(name)) {
      const message_ = 'the path of an attachment leaves the folder of the export and is not followed'
      reader.faults.push(fault('telegram-path-escape', message_, { ...where, field: what }, 'treat the export as tampered with'))
    } else if (name !== '') found.push({ file: name, what, included: !absent })
  }
  return found
}

function escapes(path: string): boolean {
  return (
    /^(?:[a-z]:|[\\/~])/i.test(path) ||
    path.split(/[\\/]/).includes('..') ||
    /^[a-z][a-z0-9+.-]*:/i.test(path) ||
    path.includes('\0')
  )
}

function messageText(value: unknown): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return ''
  return value.map((part: unknown) => (typeof part === 'string' ? part : isObject(part) ? text(part['text']) : '')).join('')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.toWellFormed() : ''
}

function idText(value: unknown): string {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : text(value)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
