import type { Register } from '../command.ts'
import { registerDemo } from './demo.ts'
import { registerInvestigate } from './investigate.ts'
import { registerServe } from './serve.ts'

/** Every command, in the order of the help. */
export const commands: readonly Register[] = [registerDemo, registerInvestigate, registerServe]
