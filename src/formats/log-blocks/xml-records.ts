import { limits } from '../../base/index.ts'
import { wrongBlock, type BlockLayout, type LogBlock } from './block.ts'

/** Names under which both writings of a Solaris record are known. */
const solarisNames: Readonly<Record<string, string>> = {
  iso8601: 'time',
  'subject.audit-uid': 'audit_user',
  'subject.uid': 'user',
  'subject.ruid': 'real_user',
  'subject.pid': 'pid',
  'subject.sid': 'session',
  'subject.tid': 'terminal',
  'return.errval': 'return',
  'return.retval': 'return_value',
  'exec_args.arg': 'exec_args',
}

/**
 * Records that are elements of one name, over one line or many: attributes (MySQL's old form), inner elements (its new
 * form), or both (`praudit -x`). Fields are named by element, by attribute, or `element.attribute`; values of a name that
 * comes again are joined by blanks.
 */
export class XmlRecords implements BlockLayout {
  readonly #name: string
  #text = ''
  #line = 0
  /** Where the text so far ends: in the opening tag, in a value of it, or behind it. */
  #in: 'tag' | 'quote' | 'body' = 'tag'

  constructor(name: string) {
    this.#name = name
  }

  add(text: string, line: number): readonly LogBlock[] {
    const done: LogBlock[] = []
    let rest = text
    while (rest !== '') {
      if (this.#line === 0) {
        const from = this.#start(rest)
        if (from === -1) return done
        this.#line = line
        this.#in = 'tag'
        rest = rest.slice(from)
      } else if (this.#in !== 'quote' && this.#start(rest.trimStart()) === 0) {
        done.push(...this.end())
        continue
      }
      const end = this.#end(rest)
      if (end === -1) {
        this.#text += `${rest}\n`
        if (this.#text.length > limits.fieldChars * 16) done.push(...this.end())
        return done
      }
      this.#text += rest.slice(0, end)
      rest = rest.slice(end)
      done.push({ line: this.#line, form: this.#name === 'record' ? 'praudit' : 'xml-audit', fields: this.#fields() })
      this.#text = ''
      this.#line = 0
    }
    return done
  }

  end(): readonly LogBlock[] {
    const line = this.#line
    this.#text = ''
    this.#line = 0
    return line === 0 ? [] : [wrongBlock(line, 'The record is not closed.')]
  }

  /** `<AUDIT_RECORD` followed by a blank, a line's end or `>`; `<AUDIT_RECORDS>` is another name. */
  #start(text: string): number {
    const open = `<${this.#name}`
    for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, at + 1)) {
      const next = text[at + open.length]
      if (next === undefined || next === ' ' || next === '>' || next === '\t') return at
    }
    return -1
  }

  /**
   * Behind the record's end in `rest`, or -1. A record of attributes alone closes itself, perhaps lines later; each
   * character is looked at once.
   */
  #end(rest: string): number {
    let at = 0
    for (; this.#in !== 'body' && at < rest.length; at += 1) {
      const c = rest[at]
      if (c === '"') this.#in = this.#in === 'tag' ? 'quote' : 'tag'
      else if (c === '>' && this.#in === 'tag') {
        if (rest[at - 1] === '/') return at + 1
        this.#in = 'body'
      }
    }
    const close = this.#in === 'body' ? rest.indexOf(`</${this.#name}>`, at) : -1
    return close === -1 ? -1 : close + this.#name.length + 3
  }

  #fields(): Record<string, string> {
    const fields: Record<string, string> = {}
    const put = (name: string, value: string): void => {
      const own = this.#name === 'record' ? (solarisNames[name] ?? name) : name
      const before = fields[own]
      if (Object.keys(fields).length >= limits.eventFields) return
      fields[own] = before === undefined ? plain(value) : `${before} ${plain(value)}`
    }
    const path: string[] = []
    const tag = /<(\/?)([A-Za-z_][\w.-]{0,100})((?:\s{1,100}[\w.:-]{1,100}="[^"]*")*)\s{0,20}(\/?)>([^<]*)/g
    for (const [, closing, name = '', attributes = '', self, text = ''] of this.#text.matchAll(tag)) {
      if (closing === '/') {
        path.pop()
        continue
      }
      if (path.length > 8) return fields
      path.push(name)
      const here = path.slice(1).join('.')
      for (const [, key = '', value = ''] of attributes.matchAll(/([\w.:-]{1,100})="([^"]*)"/g))
        put(here === '' ? key : `${here}.${key}`, value)
      if (here !== '' && text.trim() !== '') put(here, text.trim())
      if (self === '/') path.pop()
    }
    // MySQL's old form: `crm[crm] @ app1 [10.20.0.7]`.
    const account = /^([^[\]@]{1,256})\[/.exec(fields['USER'] ?? '')?.[1]
    if (account !== undefined) fields['account'] = account
    const host = fields['terminal']?.split(' ').at(-1)
    return host === undefined ? fields : { ...fields, terminal_host: host }
  }
}

function plain(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:(lt|gt|amp|quot|apos)|#(x[\da-f]{1,6}|\d{1,7}));/gi,
    (all, word: string | undefined, code: string | undefined) => {
      if (word !== undefined) return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[word.toLowerCase()] ?? all
      const point = code?.startsWith('x') === true ? Number.parseInt(code.slice(1), 16) : Number(code)
      return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : all
    },
  )
}
