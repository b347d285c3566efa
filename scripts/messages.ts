// Collects the messages of the sources: codes of faults and of user errors, with what they say and what to do.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { sourceFiles } from './rooms.ts'

interface Message {
  readonly code: string
  readonly what: string
  readonly todo: string
  readonly room: string
}

const text = String.raw`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\x60((?:[^\x60\\]|\\.)*)\x60)`
const faultCall = new RegExp(String.raw`\bfault\(\s*${text}`, 'g')
const errorCall = new RegExp(String.raw`new UserError\(\{\s*code: ${text},\s*message:\s*${text}`, 'g')
const nextText = new RegExp(text, 'g')

/** Two tables in Markdown: faults and errors, sorted by code; parts filled in at run time read `…`. */
export function messagesPage(root: string): string {
  const files = sourceFiles(join(root, 'src'))
  const faults = files.flatMap((file) => faultsOf(file, root))
  const errors = files.flatMap((file) => errorsOf(file, root))
  return ['## Faults', '', table(faults), '', '## Errors', '', table(errors)].join('\n')
}

function faultsOf(file: string, root: string): Message[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(faultCall)].flatMap((match) => {
    const parts = splitArguments(balanced(source, match.index + 'fault'.length).slice(1))
    const [code = '', what = '', , todo = ''] = parts.map((part) => [...part.matchAll(nextText)].map(said).join(''))
    return /^[a-z0-9-]+$/.test(code) ? [{ code, what, todo, room: roomOf(file, root) }] : []
  })
}

/** The arguments of a call, cut at the commas that stand in no bracket and no text. */
function splitArguments(call: string): string[] {
  const parts = ['']
  let depth = 0
  let quote = ''
  for (let at = 0; at < call.length; at += 1) {
    const sign = call[at] ?? ''
    if (quote === '' && sign === ',' && depth === 0) {
      parts.push('')
      continue
    }
    parts[parts.length - 1] += sign
    if (quote !== '') {
      if (sign === '\\') parts[parts.length - 1] += call[(at += 1)] ?? ''
      else if (sign === quote) quote = ''
    } else if (`'"\x60`.includes(sign)) quote = sign
    else if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
  }
  return parts
}

function errorsOf(file: string, root: string): Message[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(errorCall)].map((match) => {
    const call = balanced(source, match.index + 'new UserError'.length)
    const hint = /hint:([\s\S]*?)(?:,\s*\w+:|\}\s*$)/.exec(call)?.[1] ?? ''
    const todo = [...hint.matchAll(nextText)].map(said)[0] ?? ''
    const code = match[1] ?? match[2] ?? match[3] ?? ''
    return { code, what: tidy(match[4] ?? match[5] ?? match[6] ?? ''), todo, room: roomOf(file, root) }
  })
}

/** The text of a call from its opening parenthesis to the matching one. */
function balanced(source: string, from: number): string {
  let depth = 0
  for (let at = from; at < Math.min(source.length, from + 2000); at += 1) {
    if (source[at] === '(') depth += 1
    if (source[at] === ')') depth -= 1
    if (depth === 0) return source.slice(from, at)
  }
  return source.slice(from, from + 2000)
}

function said(match: RegExpMatchArray): string {
  return tidy(match[1] ?? match[2] ?? match[3] ?? '')
}

function tidy(raw: string): string {
  return raw
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…')
    .replaceAll(/\\(['"`\\])/g, '$1')
    .replaceAll('|', '\\|')
    .replaceAll(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))
    .replaceAll(/\s+/g, ' ')
}

function roomOf(file: string, root: string): string {
  return relative(join(root, 'src'), file).split('/')[0] ?? ''
}

function table(messages: readonly Message[]): string {
  const seen = new Map<string, Message>()
  for (const one of messages) if (!seen.has(one.code)) seen.set(one.code, one)
  const rows = [...seen.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  return [
    '| code | says | do | room |',
    '|---|---|---|---|',
    ...rows.map((one) => `| \`${one.code}\` | ${one.what} | ${one.todo} | ${one.room} |`),
  ].join('\n')
}
