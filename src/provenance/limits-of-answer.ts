import type { Outcome } from './wording.ts'

/** What, if it came to light, would change the verdict (rule P20). */
export function wouldChange(outcome: Outcome): readonly string[] {
  const { verdict, winner } = outcome
  const more: string[] = []
  switch (verdict) {
    case 'agrees-with-copy':
    case 'mixed':
      more.push(
        'Another copy of the same rows, fields and day that is not registered would agree as well; ask who else received this extract or handled its bytes.',
      )
      if (winner.kind === 'copy' && winner.linkage.copy.kind === 'own')
        more.push('A copy cut from this system on that day that nobody registered would agree as well: no row tells them apart.')
      more.push('More rows of the sample in which values contradict the copy would lower the ratio.')
      break
    case 'copies-not-separable':
      more.push('Rows that only one of these copies holds, or a field that only one of them carries, would tell them apart.')
      break
    case 'unknown-copy':
      more.push(
        winner.kind === 'unknown-copy' && winner.like !== undefined
          ? `Registering the other hand-outs of the kind cut for ${winner.like.copy.holder} would show whether one of them agrees.`
          : 'Registering the extracts, restore points and backups of the days named would show whether one of them agrees.',
      )
      break
    case 'recycled':
      more.push(
        'A row whose subscriber joined, or whose values changed, after the earlier leak would refute that only the leak was used.',
      )
      break
    case 'fabricated':
      more.push(
        'Rows whose values agree with a copy in more than the identifier would speak against invention; ask for further rows.',
      )
      break
    case 'login-list':
      more.push(
        'Columns that only a table of subscribers holds (plan, status, activation), agreeing with a copy, would speak against a list of logins.',
      )
      break
    case 'not-established':
      more.push('More rows, further fields, or a registered copy of the systems that hold such fields.')
      break
  }
  return more
}

/** What no sample of rows can show, whatever the figures (rule P20). */
export function cannotShow(outcome: Outcome): readonly string[] {
  const always = [
    'Agreement is about a copy: not who took it, how, or from which of the places its bytes have been.',
    'A sample says nothing about rows that were not shown: not how many more there are.',
  ]
  return outcome.verdict === 'recycled'
    ? [...always, 'That old rows were shown does not show that there are no new ones.']
    : always
}
