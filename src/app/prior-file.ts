import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
import type { provenanceFiles } from './provenance-files.ts'

const share = z.number().gt(0).lt(1)
const schema = z
  .strictObject({
    unknownCopy: share.optional(),
    fabricated: share.optional(),
    leaks: share.optional(),
    setBy: z.string().trim().min(1).max(200),
  })
  .refine(({ unknownCopy = 0, fabricated = 0, leaks = 0 }) => unknownCopy + fabricated + leaks > 0)
  .refine(({ unknownCopy = 0, fabricated = 0, leaks = 0 }) => unknownCopy + fabricated + leaks < 1)

/** Reads a `--prior` file: shares of 1 and who answers for them, as JSON. What is not named keeps the standing assumption. Throws a `UserError`. */
export function readPriorFile(path: string): NonNullable<Parameters<typeof provenanceFiles>[0]['prior']> {
  const read = schema.safeParse(statSync(path).size <= 65_536 ? parsed(readFileSync(path, 'utf8')) : undefined)
  if (!read.success)
    throw new UserError({
      code: 'prior-wrong',
      message: `${path} holds no prior`,
      hint: 'write shares above 0 that sum to less than 1, and who set them: {"unknownCopy": 0.3, "fabricated": 0.02, "leaks": 0.1, "setBy": "Aisha Rahman"}',
      exitCode: 2,
    })
  const { unknownCopy, fabricated, leaks, setBy } = read.data
  return {
    setBy,
    ...(unknownCopy === undefined ? {} : { unknownCopy }),
    ...(fabricated === undefined ? {} : { fabricated }),
    ...(leaks === undefined ? {} : { leaks }),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
