import { placeText, printable, type Fault, type Progress, type UserError } from '../base/index.ts'

/** Where a command writes; tests give their own. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  readonly isTty: boolean
  readonly width: number
}

/** One line per error and one with what to do; nothing of evidence reaches the terminal unescaped. */
export function printError(terminal: Terminal, error: UserError): void {
  terminal.err(`breachline: ${oneLine(error.message)}\n`)
  terminal.err(`  ${printable(error.hint)}\n`)
}

/** Text of evidence on one line: controls are written out, a newline or tab in a file name too. */
function oneLine(text: string): string {
  return printable(text)
    .replaceAll('\n', String.raw`\u{a}`)
    .replaceAll('\t', String.raw`\u{9}`)
}

/** The first faults of a run, and how many more there are; `total` counts those whose text was not kept, too. */
export function printFaults(terminal: Terminal, faults: readonly Fault[], { most = 8, total = faults.length } = {}): void {
  if (total === 0) return
  terminal.err(`${total} fault${total === 1 ? '' : 's'} while reading:\n`)
  for (const one of faults.slice(0, most))
    terminal.err(`  ${oneLine(placeText(one.where))}: ${oneLine(one.what)}; ${oneLine(one.todo)}\n`)
  if (total > most) terminal.err(`  and ${total - most} more; --json lists them\n`)
}

/** A progress line that rewrites itself on a terminal and stays quiet elsewhere but for each new step. */
export function progressLine(terminal: Terminal): { report: (progress: Progress) => void; end: () => void } {
  let step = ''
  let shown = 0
  const told = new Set<string>()
  return {
    report(progress) {
      const now = performance.now()
      const isNew = progress.step !== step
      if (terminal.isTty) {
        if (!isNew && now - shown < 100) return
        terminal.err(`\r\u001b[K${oneLine(progressText(progress)).slice(0, terminal.width - 1)}`)
      } else if (!told.has(progress.step)) terminal.err(`${oneLine(progress.step)}\n`)
      told.add(progress.step)
      step = progress.step
      shown = now
    },
    end() {
      if (terminal.isTty && step !== '') terminal.err('\r\u001b[K')
      step = ''
    },
  }
}

function progressText({ step, done, total, unit }: Progress): string {
  const count =
    total === undefined ? done.toLocaleString('en-US') : `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`
  return `${step}: ${count} ${unit}`
}

// What JSON leaves as it is and a terminal obeys: C1 controls, bidirectional and invisible characters, line separators.
const obeyed = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/** JSON as one indented document, in the order of the objects' keys; no character in it steers a terminal, and nothing is lost. */
export function printJson(terminal: Terminal, value: unknown): void {
  const escaped = (text: string): string =>
    text
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('')
  terminal.out(`${JSON.stringify(value, undefined, 2).replaceAll(obeyed, escaped)}\n`)
}
