// Runs as a process of its own: a workbook is hostile until it was read.
import { parentSource, request, tell, tellEnd } from '../child/ask-parent.ts'
import type { WorkbookMessage, WorkbookRequest } from './message.ts'
import { readWorkbook, WorkbookStopped } from './workbook.ts'

const wanted = request() as WorkbookRequest
const say = (message: WorkbookMessage): void => tell(message)
try {
  await readWorkbook(parentSource(wanted.name, wanted.size), wanted, say)
} catch (error) {
  say({ kind: 'problem', problem: error instanceof WorkbookStopped ? error.problem : 'damaged' })
}
tellEnd()
process.exit(0)
