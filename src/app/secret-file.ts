import { readFileSync, statSync } from 'node:fs'
import { UserError } from '../base/index.ts'

const mostBytes = 65_536

/** The text of a file with a secret. Throws a `UserError`, which repeats nothing of it, when others can read the file or it is too long. */
function secretText(path: string): string {
  const stat = statSync(path)
  if ((stat.mode & 0o007) !== 0)
    throw new UserError({
      code: 'password-exposed',
      message: `every user of this machine can read ${path}`,
      hint: 'set its mode to 600, and change the password if others had access',
    })
  if (stat.isFile() && stat.size <= mostBytes) return readFileSync(path, 'utf8')
  throw new UserError({
    code: 'password-unreadable',
    message: `${path} is no file of passwords`,
    hint: `give a text file of at most ${mostBytes} bytes, one password a line`,
  })
}

/** Passwords of archives, one a line; spaces count, empty lines do not. Throws a `UserError` that repeats nothing of them. */
export function archivePasswords(path: string): readonly string[] {
  const lines = secretText(path)
    .split(/\r?\n/)
    .filter((line) => line !== '')
  if (lines.length > 0) return [...new Set(lines)]
  throw new UserError({
    code: 'password-unreadable',
    message: `${path} holds no password`,
    hint: 'write one password a line',
  })
}

/** The password of a live table, alone in its file, without the line's end. Throws a `UserError` that repeats nothing of it. */
export function livePassword(path: string | undefined): string {
  if (path === undefined) return ''
  const text = secretText(path).replace(/\r?\n$/, '')
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f]/.test(text))
    throw new UserError({
      code: 'password-unreadable',
      message: `${path} holds more than one line`,
      hint: 'put the password alone on its first line',
    })
  return text
}
