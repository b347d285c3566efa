import { wrongBlock, type BlockLayout, type LogBlock } from './block.ts'

const hit = /^([A-Za-z_]\w{2,127}) (?:(\[[^\]]{0,2000}\]) )?(?:(\[[^\]]{0,2000}\]) )?((?:\/|\.{1,2}\/|[A-Za-z]:\\)\S.{0,4095})$/
const found = /^0x[\da-f]{1,16}:(?:\d{1,12}:)?\$\w{0,128}:/i
const verbs = /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT) /

/** Whether lines are the rule and file names that YARA prints; a word and a path alone are not enough to say so of one line. */
export function looksLikeYara(lines: readonly string[]): boolean {
  const hits = lines.filter((line) => hit.test(line) && !verbs.test(line)).length
  const strings = lines.filter((line) => found.test(line)).length
  // A rule's name is one word, most often of several parts.
  const named = lines.filter((line) => /^\w*_\w* /.test(line) && hit.test(line)).length
  return hits > 0 && hits + strings === lines.length && (strings > 0 || named * 2 > hits)
}

/** What `yara` prints: `rule file`, with `-g` tags, with `-m` metadata, with `-s` the places of strings on lines behind. */
export class YaraOutput implements BlockLayout {
  #open: { readonly line: number; readonly fields: Record<string, string> } | undefined

  add(text: string, line: number): readonly LogBlock[] {
    if (text.trim() === '') return []
    if (found.test(text) && this.#open !== undefined) {
      const { fields } = this.#open
      const strings = fields['strings']
      if ((strings?.length ?? 0) < 65_536) fields['strings'] = strings === undefined ? text : `${strings}\n${text}`
      return []
    }
    const parts = hit.exec(text)
    const done = this.end()
    if (parts === null) return [...done, wrongBlock(line, 'The line is neither a rule with a file nor a place of a string.')]
    const [, rule = '', tags = '', meta = '', file = ''] = parts
    this.#open = { line, fields: { rule, tags, meta, file } }
    return done
  }

  end(): readonly LogBlock[] {
    const open = this.#open
    this.#open = undefined
    return open === undefined ? [] : [{ line: open.line, form: 'yara', fields: open.fields }]
  }
}
