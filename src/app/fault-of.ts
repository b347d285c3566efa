import { fault, UserError, type Fault } from '../base/index.ts'

/** Reading errors that belong to the file, not to our own disk. */
const unreadable: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'ENOENT', 'EIO', 'ELOOP', 'ENOTDIR', 'ENXIO', 'ESTALE'])

/**
 * What stopped one piece of evidence as a fault of that piece, so that the rest of the case goes on: a `UserError`, or the system
 * refusing to read `path`. Every other error is thrown again.
 */
export function faultOf(error: unknown, place: { readonly file: string; readonly path?: string }): Fault {
  const where = { file: place.file }
  if (error instanceof UserError) return fault(error.code, error.message, where, error.hint)
  const { code, path, syscall } = error as NodeJS.ErrnoException
  const ofFile = place.path !== undefined && (path === place.path || (path === undefined && syscall === 'read'))
  if (!(error instanceof Error) || !ofFile || !unreadable.has(code)) throw error
  const denied = code === 'EACCES' || code === 'EPERM'
  return fault(
    denied ? 'not-permitted' : 'file-unreadable',
    denied ? 'this user may not read it' : `the system cannot read it (${code})`,
    where,
    denied
      ? 'give read permission, or copy it to where you may read it, and run again'
      : 'copy it again from where it came, and run again',
  )
}
