/** Milliseconds this process has had a core for so far. Bounds on work are held against it: a clock on the wall also counts what others do. */
export function coreTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
