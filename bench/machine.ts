import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** The machine a figure was measured on. */
export interface Machine {
  readonly cores: number
  readonly model: string
  readonly memoryBytes: number
  readonly platform: string
  readonly node: string
  /** Processes wanting a core, averaged over a minute, when the measuring began: above 0 others were at work. */
  readonly loadBefore: number
}

/** This machine, now. */
export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    loadBefore: loadavg()[0] ?? 0,
  }
}
