import { exitCodes, UserError } from '../base/index.ts'
import { formatNames, nearFormats } from '../events/index.ts'

/** Throws a `UserError` that names the nearest formats when a name is none; `where` says who gave it (`--format`). */
export function checkFormatName(name: string, where: string): void {
  if (formatNames().includes(name)) return
  const near = nearFormats(name)
  throw new UserError({
    code: 'format-unknown',
    message: `${where} "${name}" is no format`,
    hint: near.length === 0 ? `formats are: ${formatNames().join(', ')}` : `near it: ${near.join(', ')}`,
    exitCode: where.startsWith('--') ? exitCodes.usage : exitCodes.badInput,
  })
}
