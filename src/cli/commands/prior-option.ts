import { readPriorFile, type provenanceFiles } from '../../app/index.ts'
import { usage } from '../arguments.ts'

type Prior = NonNullable<Parameters<typeof provenanceFiles>[0]['prior']>

const names: Readonly<Record<string, Exclude<keyof Prior, 'setBy'>>> = {
  unknown: 'unknownCopy',
  invention: 'fabricated',
  leaks: 'leaks',
}

/**
 * `unknown=0.3,invention=0.02` as a prior that `setBy` answers for, or the name of a JSON file that says who does; what is not named keeps
 * the standing assumption.
 */
export function priorOption(text: string, setBy: string): Prior {
  if (/\.json$/i.test(text)) return readPriorFile(text)
  const shares: Record<string, number> = {}
  for (const part of text.split(',')) {
    const [name = '', value = '', more] = part.split('=').map((one) => one.trim())
    const key = names[name]
    const share = Number(value)
    if (key === undefined || more !== undefined || key in shares || !/^0?\.\d{1,6}$/.test(value) || share <= 0)
      throw usage(`--prior "${text}" cannot be read`, 'name shares between 0 and 1: --prior unknown=0.3,invention=0.02,leaks=0.1')
    shares[key] = share
  }
  if (Object.values(shares).reduce((sum, one) => sum + one, 0) >= 1)
    throw usage(`--prior "${text}" leaves nothing for the registered copies`, 'give shares that sum to less than 1')
  return { ...shares, setBy }
}
