import { resolve } from 'node:path'
import type { IntakeDesk } from '../app/index.ts'
import type { Progress, Watch } from '../base/index.ts'
import { refusal, type Served } from './served.ts'

/** Files and peers taken in by the process that serves: it tells how far it is, and stops when this command does. */
export function remoteIntake({ lines }: Pick<Served, 'lines'>, cwd: string): IntakeDesk {
  async function take<T>(asked: object, { report }: Watch): Promise<T> {
    let answer: T | undefined
    await lines('/-/intake', asked, (line) => {
      if ('progress' in line) report?.(line.progress as Progress)
      else if ('answer' in line) answer = line.answer as T
      else throw refusal(line)
    })
    if (answer === undefined) throw refusal({})
    return answer
  }
  return {
    file: (asked, watch) => take({ kind: 'file', ...asked, file: resolve(cwd, asked.file) }, watch),
    case: (asked, watch) => take({ kind: 'case', ...asked, file: resolve(cwd, asked.file) }, watch),
    peer: (asked, watch) => take({ kind: 'peer', ...asked }, watch),
  }
}
