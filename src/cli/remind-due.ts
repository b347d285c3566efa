import { dueReminders, type Workspace } from '../app/index.ts'
import type { CommandContext } from './command.ts'
import { oneLine } from './layout.ts'

const everyMs = 60_000

/** Prints reminders of clocks that end while the page is served: two days, a day, four hours and one hour before, and at the end. Gives what stops it. */
export function remindOfDue({ terminal }: CommandContext, workspace: Workspace): () => void {
  const next = dueReminders(workspace)
  const say = (): void => {
    for (const one of next()) terminal.out(`reminder: ${oneLine(one)}\n`)
  }
  say()
  const timer = setInterval(say, everyMs)
  return () => clearInterval(timer)
}
