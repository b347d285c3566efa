import { fault, type Fault } from '../../base/index.ts'

/** What to do about encrypted archives. */
export const withPassword = 'Give its password in a file: --password-file FILE (one password a line).'

/** A member that no password was given for. */
export function encryptedFault(where: Fault['where']): Fault {
  return fault('archive-encrypted', 'A member was not unpacked: it is encrypted.', where, withPassword, 1)
}
