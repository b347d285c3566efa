/** Programs that came with a system or are sold: their names and hashes say nothing about who used them. */
const systemFolder =
  /^(?:[a-z]:\\windows\\(?:system32|syswow64|winsxs|microsoft\.net)\\|[a-z]:\\windows\\[^\\]+$|[a-z]:\\program files(?: \(x86\))?\\|\/(?:usr\/)?(?:s?bin|lib)\/)/i
const oddFolder = /\\(?:temp|tmp|\$recycle\.bin|programdata|public|perflogs)\\|^\/(?:tmp|var\/tmp|dev\/shm)\//i

/** Whether a program lies where systems and installers put theirs. */
export function isSystemPath(path: string): boolean {
  return systemFolder.test(path)
}

/** Whether a program lies where programs seldom lie. */
export function isOddPath(path: string): boolean {
  return oddFolder.test(path)
}
