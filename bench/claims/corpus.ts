import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { epochMs, parseIso } from '../../src/base/index.ts'

const quoted = z.union([
  z.tuple([z.string(), z.string(), z.string()]),
  z.tuple([z.literal('quantity'), z.string(), z.string(), z.number(), z.string()]),
])
const clock = z.union([
  z.object({ at: z.string() }).strict(),
  z.object({ in: z.string() }).strict(),
  z.object({ every: z.string() }).strict(),
])
const document = z
  .object({
    name: z.string(),
    tricky: z.boolean().default(false),
    form: z
      .enum(['text', 'telegram', 'eml', 'html', 'rss', 'ransomware-live', 'ransomlook', 'ransomwatch', 'forum', 'warc', 'pdf'])
      .default('text'),
    channel: z.string().optional(),
    feed: z.string().optional(),
    title: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    date: z.string().optional(),
    subject: z.string().optional(),
    text: z.string().optional(),
    posts: z.array(z.object({ at: z.string(), text: z.string(), from: z.string().optional() }).strict()).optional(),
    entries: z.array(z.record(z.string(), z.string())).optional(),
    want: z
      .object({
        actor: z.string(),
        victims: z.array(z.string()),
        earlier: z.array(z.string()).default([]),
        said: z.array(quoted),
        clocks: z.array(clock).default([]),
        price: z.tuple([z.number(), z.string()]).optional(),
      })
      .strict(),
  })
  .strict()

/** One document of the corpus with its expected reading; see the README of the folder. */
export type CorpusDocument = z.infer<typeof document>

/** Documents of the corpus by file, in the order of the files. */
export function readCorpus(folder: string): { readonly file: string; readonly documents: CorpusDocument[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((file) => ({ file, documents: z.array(document).parse(parse(readFileSync(join(folder, file), 'utf8'))) }))
}

/**
 * The parts of the corpus by authors who had not seen the reader: `seen` ones were read later, while rules were written; `unseen` ones never.
 * In: the folder of the corpus.
 */
export function readBlind(folder: string): { readonly seen: CorpusDocument[]; readonly unseen: CorpusDocument[] } {
  const documents = (part: string): CorpusDocument[] => readCorpus(join(folder, part)).flatMap((one) => one.documents)
  return { seen: documents('blind-2'), unseen: documents('blind-3') }
}

/** The file a document stands for, in its own format. */
export function fileOf(one: CorpusDocument): { readonly file: string; readonly bytes: Buffer } {
  const text = one.text ?? ''
  const of = (file: string, content: string) => ({ file, bytes: Buffer.from(content) })
  switch (one.form) {
    case 'text':
      return of(`${one.name}.txt`, text)
    case 'telegram':
      return of(
        'result.json',
        JSON.stringify({
          name: one.channel,
          type: 'public_channel',
          id: 1,
          messages: (one.posts ?? []).map((post, index) => ({
            id: index + 1,
            type: 'message',
            date_unixtime: String(epochMs(parseIso(post.at)?.at ?? '') / 1000),
            from: post.from ?? one.channel,
            text: post.text,
          })),
        }),
      )
    case 'eml':
      return of(`${one.name}.eml`, mailOf(one))
    case 'html':
      return of(
        `${one.name}.html`,
        `<!doctype html><html><head><title>${escaped(one.title ?? '')}</title></head><body><nav>Home</nav><article><h1>${escaped(one.title ?? '')}</h1>${paragraphs(text)}</article></body></html>`,
      )
    case 'forum':
      return of(`${one.name}.html`, forumOf(one))
    case 'rss':
      return of(
        `${one.name}.xml`,
        `<?xml version="1.0"?><rss version="2.0"><channel><title>${escaped(one.feed ?? '')}</title>${(one.entries ?? [])
          .map(
            (item) =>
              `<item><title>${escaped(item['title'] ?? '')}</title><pubDate>${item['published'] ?? ''}</pubDate><description><![CDATA[${item['description'] ?? ''}]]></description></item>`,
          )
          .join('')}</channel></rss>`,
      )
    case 'ransomware-live':
      return of(
        'posts.json',
        JSON.stringify(
          (one.entries ?? []).map(({ title, group, ...rest }) => ({ post_title: title, group_name: group, ...rest })),
        ),
      )
    case 'ransomlook':
    case 'ransomwatch':
      return of('posts.json', JSON.stringify(one.entries))
    case 'warc':
      return of(`${one.name}.warc`, warcOf(one))
    case 'pdf':
      return of(`${one.name}.pdf`, pdfOf(text))
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function paragraphs(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('\n')
}

function mailOf(one: CorpusDocument): string {
  const offset = /[+-]\d{2}:\d{2}$/.exec(one.date ?? '')?.[0] ?? '+00:00'
  const shift = (offset.startsWith('-') ? -60_000 : 60_000) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)))
  const local = new Date(Date.parse(one.date ?? '1970-01-01T00:00:00Z') + shift)
  const date = local.toUTCString().replace('GMT', offset.replace(':', ''))
  return `From: ${one.from}\r\nTo: ${one.to}\r\nSubject: ${one.subject}\r\nDate: ${date}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${one.text ?? ''}`
}

function forumOf(one: CorpusDocument): string {
  const posts = (one.posts ?? []).map(
    (post, index) =>
      `<article class="message message--post" data-author="${post.from ?? one.channel}" id="post-${index + 1}"><time class="u-dt" datetime="${post.at}">x</time><div class="bbWrapper">${escaped(post.text).replaceAll('\n', '<br>')}</div></article>`,
  )
  return `<!doctype html><html><head><title>${escaped(one.title ?? '')}</title></head><body>${posts.join('\n')}</body></html>`
}

function warcOf(one: CorpusDocument): string {
  const page = `<!doctype html><html><head><title>${escaped(one.title ?? '')}</title></head><body>${paragraphs(one.text ?? '')}</body></html>`
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${page}`
  return `WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: ${one.date ?? '2026-01-01T00:00:00Z'}\r\nWARC-Target-URI: https://news.example/${one.name}\r\nContent-Length: ${Buffer.byteLength(answer)}\r\n\r\n${answer}\r\n\r\n`
}

/** A PDF of one page with the lines of a text, in Helvetica. */
function pdfOf(text: string): string {
  const lines = text.split('\n').map((line) => `(${line.replace(/[\\()]/g, String.raw`\$&`)}) Tj 0 -14 Td`)
  const content = `BT /F1 11 Tf 50 780 Td ${lines.join(' ')} ET`
  return [
    '%PDF-1.4',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
    '3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj',
    `4 0 obj << /Length ${content.length} >> stream\n${content}\nendstream endobj`,
    '5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj',
    'trailer << /Root 1 0 R >>',
    '%%EOF',
  ].join('\n')
}
