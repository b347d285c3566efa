import type { CaseView, Verdict } from '../../../src/server/api.ts'
import type { PageName } from '../address/address.ts'
import { counted, figure } from '../text/figures.ts'
import { leftAlone } from '../lookups/rests-on-left.ts'

const verdictWords: Readonly<Record<Verdict['verdict'], string>> = {
  'agrees-with-copy': 'agrees with a copy',
  'copies-not-separable': 'copies not told apart',
  'unknown-copy': 'copy not registered',
  recycled: 'recycled',
  fabricated: 'fabricated',
  mixed: 'mixed',
  'login-list': 'list of logins',
  'not-established': 'not established',
}

/** Where a page stands, in a word or two for the rail. */
export function pageState(page: PageName, view: CaseView): string {
  switch (page) {
    case 'assessment': {
      const { supported, open, contradicted } = view.assessment.counts
      if (supported + open + contradicted === 0) return 'nothing to assess'
      return open > 0 ? `${figure(open)} open` : 'none open'
    }
    case 'claimed': {
      const posts = view.threads.reduce((sum, one) => sum + one.posts.length, 0)
      return view.threads.length === 0 ? 'no claim given' : counted(posts, 'post')
    }
    case 'real': {
      const [first, ...rest] = view.provenance
      if (first === undefined) return 'no sample given'
      return rest.length === 0 ? verdictWords[first.verdict.verdict] : counted(view.provenance.length, 'sample')
    }
    case 'how-in':
      if (view.stories === undefined) return 'not investigated'
      return view.stories.stories.length === 0 ? 'no story' : counted(view.stories.stories.length, 'story', 'stories')
    case 'lookups':
      if (view.lookups === undefined) return 'not investigated'
      if (leftAlone(view.lookups) !== undefined) return 'no audit logs'
      return view.lookups.watched.length === 0 ? 'none watched' : `${figure(view.lookups.watched.length)} watched`
    case 'affected':
      return view.affected.groups.length === 0 ? 'nobody counted' : counted(view.affected.groups.length, 'group')
    case 'due': {
      const of = (status: string): number =>
        view.due.duties.filter((one) => one.status === status && one.notNotified === undefined).length
      if (of('overdue') > 0) return `${figure(of('overdue'))} overdue`
      if (of('running') > 0) return `${figure(of('running'))} running`
      return of('waiting') > 0 ? `${figure(of('waiting'))} waiting` : 'nothing due'
    }
    case 'evidence': {
      const losing = (view.lostNext?.sources ?? []).filter((one) => one.status === 'losing').length
      if (losing > 0) return `${counted(losing, 'log')} losing days`
      return view.faults.total > 0 ? counted(view.faults.total, 'fault') : counted(view.exhibits.length, 'exhibit')
    }
    case 'people': {
      if (view.findings.length === 0) return 'no findings'
      const open = view.findings.filter((one) => one.status === 'proposed' && one.withdrawn !== true).length
      return open > 0 ? `${figure(open)} proposed` : 'all ruled on'
    }
    case 'sharing': {
      const released = view.decisions.filter((one) => (one.about ?? []).some((about) => about.startsWith('share:'))).length
      return released === 0 ? 'nothing released' : `${figure(released)} released`
    }
    case 'exposure':
      return 'estate, pages'
    case 'statements': {
      const adopted = view.findings.filter((one) => one.status === 'adopted' && one.withdrawn !== true).length
      return adopted === 0 ? 'nothing adopted' : `rests on ${counted(adopted, 'finding')}`
    }
  }
}
