import { limits } from '../../base/index.ts'

/**
 * The path of a member inside its archive, with `/` between its parts, or why it cannot be one: absolute, with a drive letter,
 * leading out of the archive, with a NUL, or nested too deep. Nothing is ever repaired: a path that tries to leave is not extracted.
 */
export function memberPath(
  name: string,
): { readonly kind: 'path'; readonly path: string } | { readonly kind: 'unsafe'; readonly why: string } {
  const unsafe = (why: string) => ({ kind: 'unsafe', why }) as const
  if (name.includes('\0')) return unsafe('its name holds a NUL')
  if (name.length > 4_096) return unsafe('its name is longer than 4,096 characters')
  const path = name.replaceAll('\\', '/')
  if (path.startsWith('/')) return unsafe('its path is absolute')
  if (/^[A-Za-z]:/.test(path)) return unsafe('its path has a drive letter')
  const parts = path.split('/')
  if (parts.includes('..')) return unsafe('its path leads out of the archive')
  if (parts.some((part) => part === '' || part === '.')) return unsafe('its path has an empty part')
  if (parts.some((part) => part.length > 255)) return unsafe('a part of its path is longer than 255 characters')
  if (parts.length > limits.depth) return unsafe(`its path is deeper than ${limits.depth}`)
  return { kind: 'path', path }
}
