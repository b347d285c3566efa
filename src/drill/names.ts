import { skewed, type Random } from './random.ts'

// Common given and family names, joined at random: any likeness to a living person is chance.
const malayMen = skewed(
  'Ahmad Mohd_Amirul Azlan Hafiz Faizal Zulkifli Ismail Rahim Nazri Syafiq Haziq Firdaus Iskandar Danial Khairul Hakim Razif Shahrul Taufik Yusri Zahid Anuar Badrul Fikri'.split(
    ' ',
  ),
)
const malayWomen = skewed(
  'Siti_Nur Aisyah Noraini Fatimah Zaleha Farah Hidayah Nadia Rohani Salmah Izzati Suraya Wahida Azura Maryam Liyana Hanim Rosnah Shahida Balqis Dayang Khadijah Nabila Puteri'.split(
    ' ',
  ),
)
const chineseFamily = skewed(
  'Tan Lim Lee Ng Wong Chong Ooi Teoh Goh Chan Yap Khoo Cheah Low Chin Foo Kok Liew Phang Soon'.split(' '),
)
const chineseGiven = skewed(
  'Wei_Ming Mei_Ling Chee_Keong Siew_Lan Kah_Hoe Li_Ying Jia_Hao Hui_Min Boon_Teck Xin_Yi Kok_Leong Pei_Shan Zhi_Xuan Yoke_Fun Swee_Hock Shu_Ting Kean_Seng Ai_Lin'.split(
    ' ',
  ),
)
const indian = skewed(
  'Kumar Devi Raj Priya Suresh Lakshmi Ganesan Kavitha Murugan Anitha Prakash Selvi Vijay Uma Arun Shanti Ravi Deepa Mohan Thilaga'.split(
    ' ',
  ),
)
const native = skewed('Jimmy Rita Anak_Jali Dorothy Gerald Winnie Jeffrey Magdalene Ronnie Sylvia'.split(' '))
const nativeFamily = skewed('Gawan Mering Lasimbang Jugah Gimang Sigoh Entri Kulleh Majalap Luta'.split(' '))

/** A name and the sex it is given with (the last digit of a national id follows it). */
export interface GivenName {
  readonly name: string
  readonly female: boolean
}

/** A person's name as a form would hold it. */
export function drawName(random: Random): GivenName {
  const female = random.chance(0.49)
  const group = random.unit()
  if (group < 0.6) {
    const given = (female ? malayWomen : malayMen)(random)
    const second = random.chance(0.45) ? ` ${(female ? malayWomen : malayMen)(random)}` : ''
    return clean(`${given}${second === ` ${given}` ? '' : second} ${female ? 'Binti' : 'Bin'} ${malayMen(random)}`, female)
  }
  if (group < 0.84) return clean(`${chineseFamily(random)} ${chineseGiven(random)}`, female)
  if (group < 0.94) return clean(`${indian(random)} ${female ? 'A/P' : 'A/L'} ${indian(random)}`, female)
  return clean(`${native(random)} ${nativeFamily(random)}`, female)
}

function clean(name: string, female: boolean): GivenName {
  return { name: name.replaceAll('_', ' '), female }
}
