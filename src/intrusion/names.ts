/** Last part of a Windows or Unix path. */
export function basename(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}
