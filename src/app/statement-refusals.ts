import { UserError } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import type { KeptStatement, SignRole, StatementCheck } from '../response/index.ts'

/** The statement of that number; a `UserError` names those there are. */
export function statementNamed(all: readonly KeptStatement[], name: string): KeptStatement {
  const found = all.find(({ id }) => id.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  throw new UserError({
    code: 'statement-unknown',
    message: `the case has no statement "${name}"`,
    hint:
      all.length === 0 ? 'put one up with "breachline statement draft --submit"' : `known: ${all.map(({ id }) => id).join(', ')}`,
  })
}

/** A text that holds a refused phrase or something hidden. */
export function unfitToLeave({ refusals, hidden }: StatementCheck): UserError {
  const [phrase] = refusals
  const [veiled] = hidden
  const what =
    phrase === undefined
      ? `line ${veiled?.line ?? 1} holds ${veiled?.what ?? 'something hidden'}`
      : `line ${phrase.line}: "${phrase.words}" may not be said as things stand (${phrase.needs.find(({ met }) => !met)?.text ?? ''})`
  const more = refusals.length + hidden.length - 1
  return new UserError({
    code: 'statement-refused',
    message: `${what}${more > 0 ? `, and ${more} more` : ''}`,
    hint: 'see all of it with "breachline statement check FILE"',
  })
}

/** A statement that cannot be signed or leave, with why. */
export function notSigned(
  one: KeptStatement,
  why: string,
  hint = 'see "breachline statement show" and "breachline statement sign --help"',
): UserError {
  return new UserError({ code: 'statement-not-signed', message: `${one.id} ${why}`, hint })
}

/** A person whose key carries another role. */
export function wrongRole(signer: Signer, role: SignRole): UserError {
  return new UserError({
    code: 'wrong-role',
    message: `${signer.name} acts here as "${signer.role}", not for ${role}`,
    hint: `a person with that role signs: breachline key new "NAME" --role "${roleNames[role]}", then --as "NAME"`,
  })
}

const roleNames: Readonly<Record<SignRole, string>> = {
  legal: 'counsel',
  privacy: 'privacy officer',
  communications: 'communications',
}
