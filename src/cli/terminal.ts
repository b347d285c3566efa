import { placeText, printable, UserError, type Fault, type Progress } from '../base/index.ts'

/** Where a command writes; tests give their own. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  readonly isTty: boolean
  readonly width: number
}

/** One line per error and one with what to do; nothing of evidence reaches the terminal unescaped. */
export function printError(terminal: Terminal, error: UserError): void {
  terminal.err(`breachline: ${printable(error.message)}\n`)
  terminal.err(`  ${printable(error.hint)}\n`)
}

/** The first faults of a run, and how many more there are. */
export function printFaults(terminal: Terminal, faults: readonly Fault[], most = 8): void {
  if (faults.length === 0) return
  terminal.err(`${faults.length} fault${faults.length === 1 ? '' : 's'} while reading:\n`)
  for (const one of faults.slice(0, most))
    terminal.err(`  ${printable(placeText(one.where))}: ${printable(one.what)}; ${printable(one.todo)}\n`)
  if (faults.length > most) terminal.err(`  and ${faults.length - most} more; --json lists them\n`)
}

/** A progress line that rewrites itself on a terminal and stays quiet elsewhere but for each new step. */
export function progressLine(terminal: Terminal): { report: (progress: Progress) => void; end: () => void } {
  let step = ''
  let shown = 0
  return {
    report(progress) {
      const now = performance.now()
      const isNew = progress.step !== step
      if (terminal.isTty) {
        if (!isNew && now - shown < 100) return
        terminal.err(`\r\u001b[K${printable(progressText(progress)).slice(0, terminal.width - 1)}`)
      } else if (isNew) terminal.err(`${printable(progress.step)}\n`)
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

/** JSON on one line or pretty on a terminal; the order of keys is the order of the objects. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${JSON.stringify(value, undefined, 2)}\n`)
}
