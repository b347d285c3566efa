import { terminalAssessment, type CaseView } from '../sharing/index.ts'
import type { Terminal } from './terminal.ts'

/** The assessment in 40 lines, and how to go on. */
export function printAnswer(terminal: Terminal, view: CaseView): void {
  terminal.out(`${terminalAssessment(view, { width: Math.min(terminal.width, 160), releaseHolders: true })}\n`)
}
