/** A record that its log writes over one line or several, taken apart. */
export interface LogBlock {
  /** Line on which it begins, from 1. */
  readonly line: number
  /** `bodyfile`, `yara`, `praudit`, `xml-audit`, `shell-history`, `mysql-general`, `mysql-slow`, or `json` for fields that only came in other clothes. */
  readonly form: string
  readonly fields: Readonly<Record<string, string>>
}

/** A layout: takes line after line, gives the records that are complete, and what is left at the end. */
export interface BlockLayout {
  add(text: string, line: number): readonly LogBlock[]
  end(): readonly LogBlock[]
}

/** A line that is no record, said in one sentence. */
export function wrongBlock(line: number, why: string): LogBlock {
  return { line, form: 'wrong', fields: { why } }
}
