import type { Moment } from '../../base/index.ts'

/** One message of a Telegram Desktop export. */
export interface TelegramPost {
  /** Ordinal of the message in the file, from 1, all chats together: what a cite's `record` says. */
  readonly record: number
  /** The export's own message id, as text. */
  readonly id: string
  /** From `date_unixtime` (stated), else from `date`, which is the exporter's local time (assumed or unknown). */
  readonly at?: Moment
  readonly editedAt?: Moment
  /** Name of the sender; the channel's name for channel posts. */
  readonly from?: string
  /** Text without its formatting. */
  readonly text: string
  readonly replyTo?: string
  readonly forwardedFrom?: string
  readonly attachments: readonly TelegramAttachment[]
}

/** A picture or file of a message. */
export interface TelegramAttachment {
  /** Path as the export gives it, relative to the export's folder; a name alone when the file was not exported. */
  readonly file: string
  readonly what: 'photo' | 'file'
  readonly included: boolean
}

/** One chat of an export. */
export interface TelegramChat {
  readonly name: string
  /** Telegram's own word: `public_channel`, `private_group`, `personal_chat`, ... */
  readonly type: string
  readonly id: string
  readonly posts: readonly TelegramPost[]
}
