import { unreachable } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Paragraph, PictureReading, TelegramPost } from '../formats/index.ts'
import { articlePassages } from './article-passage.ts'
import { documentKey, documentName, partOf, placeOf, type ClaimDocument, type DocumentPlace } from './document.ts'
import type { Passage } from './passage.ts'
import { sentencesOf } from './said.ts'

/** Cuts documents into passages; `zone` is assumed for times in articles that state none. */
export function passagesOf(documents: readonly ClaimDocument[], zone?: string): Passage[] {
  const pictures = new Map<string, DocumentPlace & { picture: PictureReading }>()
  for (const document of documents) if (document.kind === 'picture') pictures.set(normal(documentName(document)), document)
  const attached = new Set<string>()
  const chats = documents.flatMap((document) => (document.kind === 'chat' ? chatPassages(document, { pictures, attached }) : []))
  const rest = documents.flatMap((document) => {
    switch (document.kind) {
      case 'chat':
        return []
      case 'posts':
        return listedPassages(document)
      case 'article':
        return articlePassages(document, document.paragraphs, {
          dates: document.writer?.at === undefined ? document.dates : [...document.dates, document.writer.at],
          ...(zone === undefined ? {} : { zone }),
        })
      case 'picture':
        return attached.has(documentKey(document))
          ? []
          : articlePassages(document, pictureParagraphs(document.picture), { dates: [] })
      default:
        return unreachable(document)
    }
  })
  return [...chats, ...rest]
}

function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.replaceAll('\\', '/').split('/')) if (part !== '' && part !== '.') parts.push(part)
  return parts.join('/')
}

function chatPassages(
  document: ClaimDocument & { kind: 'chat' },
  files: { pictures: ReadonlyMap<string, DocumentPlace & { picture: PictureReading }>; attached: Set<string> },
): Passage[] {
  const folder = normal(documentName(document)).split('/').slice(0, -1).join('/')
  return document.chats.flatMap((chat) =>
    chat.posts.map((post): Passage => {
      const cite: Cite = { kind: 'exhibit', ...placeOf(document), at: document.part?.at ?? { kind: 'record', n: post.record } }
      const attachments = post.attachments.map((attachment) => {
        const picture = files.pictures.get(normal(folder === '' ? attachment.file : `${folder}/${attachment.file}`))
        if (!picture) return { file: attachment.file }
        files.attached.add(documentKey(picture))
        const whole: Cite = { kind: 'exhibit', ...placeOf(picture), at: { kind: 'whole' } }
        return { file: attachment.file, text: picture.picture.text, cite: whole }
      })
      return {
        document: { kind: 'chat', ...partOf(document) },
        order: post.record,
        author: posterOf(post, chat),
        ...timesOf(post),
        id: post.id,
        ...(post.editedAt ? { editedAt: post.editedAt } : {}),
        channel: chat.name,
        text: post.text,
        attachments,
        cite,
        said: sentencesOf(post.text, () => cite, { lines: true, casual: true }),
      }
    }),
  )
}

/** Entries of a feed, posts of a forum page: each its author's words, or a tracker's about them. */
function listedPassages(document: ClaimDocument & { kind: 'posts' }): Passage[] {
  return document.posts.map((post): Passage => {
    const cite: Cite = { kind: 'exhibit', ...placeOf(document), at: document.part?.at ?? { kind: 'record', n: post.record } }
    return {
      document: { kind: 'posts', ...partOf(document) },
      order: post.record,
      ...(post.author === undefined ? {} : { author: post.author }),
      ...(post.at === undefined ? {} : { at: post.at }),
      ...(post.reportedAt === undefined ? {} : { reportedAt: post.reportedAt }),
      ...(post.id === undefined ? {} : { id: post.id }),
      channel: post.channel,
      ...(post.victim === undefined ? {} : { about: post.victim, listed: true }),
      text: post.text,
      attachments: post.attachments.map((file) => ({ file })),
      cite,
      said: sentencesOf(post.text, () => cite, { lines: true, casual: true }),
    }
  })
}

function posterOf(post: TelegramPost, chat: { name: string; type: string }): string {
  return post.forwardedFrom ?? (chat.type.includes('channel') ? chat.name : (post.from ?? chat.name))
}

/** A forwarded post was made by its author before it was forwarded: the time bounds it. */
function timesOf(post: TelegramPost): Pick<Passage, 'at' | 'reportedAt'> {
  if (!post.at) return {}
  return post.forwardedFrom === undefined ? { at: post.at } : { reportedAt: { ...post.at, bound: 'not-later-than' } }
}

function pictureParagraphs(picture: PictureReading): Paragraph[] {
  return picture.lines.map((line, index) => ({ text: line.text, at: { kind: 'region', ...line.region }, line: index + 1 }))
}
